#pragma once

#include <chrono>
#include <filesystem>

#include "runtime/io/line_writer.hpp"
#include "runtime/metrics/event_file.hpp"
#include "runtime/train/epoch_report.hpp"

namespace lacuna::experiments {

/// What a training tells of its epochs: metrics.jsonl, and the same as events for TensorBoard.
class MetricsLog {
 public:
  /// Goes on after the first `epochs` epochs that metrics.jsonl in `folder` knows; later ones are
  /// forgotten, and the events are written anew. Throws IoError.
  MetricsLog(const std::filesystem::path& folder, int epochs);

  /// Seconds that the epochs before took.
  double seconds() const { return seconds_; }

  void write(const EpochReport& report);
  /// Waits until metrics.jsonl is on disk.
  void sync() { lines_.sync(); }

 private:
  void add_event(const EpochReport& report, std::chrono::system_clock::time_point time);

  double seconds_;
  io::LineWriter lines_;
  metrics::EventFile events_;
};

}  // namespace lacuna::experiments
