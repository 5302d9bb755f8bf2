#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "runtime/io/append_file.hpp"

namespace lacuna::metrics {

/// "events.out.tfevents.<seconds since 1970>.lacuna": a name that TensorBoard looks for.
std::string event_file_name(std::chrono::system_clock::time_point started);

/// Seconds since 1970, as events carry them.
double seconds_since_1970(std::chrono::system_clock::time_point time);

/// One curve's value at some step.
struct Scalar {
  std::string_view tag;  ///< the curve's name, UTF-8; "a/b" stands in the group "a"
  float value = 0;
};

/// Scalars for TensorBoard, as it reads them (version 2 of its event files). Each record is whole
/// or not there at all, and visible at once.
class EventFile {
 public:
  /// Creates the file, whose first record says its version and `started` (in seconds since
  /// 1970), or goes on at the end of one. IoError when it cannot be opened or written.
  EventFile(const std::filesystem::path& path, double started);

  /// Appends one record; `wall_time` in seconds since 1970. IoError when it cannot be written
  /// whole.
  void scalar(std::string_view tag, std::int64_t step, double wall_time, float value);

  /// All scalars of a step in one record.
  void scalars(std::span<const Scalar> values, std::int64_t step, double wall_time);

 private:
  void append(std::string_view event);

  io::AppendFile file_;
};

}  // namespace lacuna::metrics
