#include "experiments/run/metrics_log.hpp"

#include <vector>

#include "experiments/run/run_files.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/folder.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// Cuts the file to the first epochs, and half a line from its end; returns the seconds they took.
double cut(const fs::path& file, int epochs) {
  std::string text;
  double seconds = 0;
  for (const EpochReport& report : read_metrics(file)) {
    if (report.epoch > epochs) break;
    text += metrics_line(report) + '\n';
    seconds = report.seconds;
  }
  std::error_code ignored;
  const std::uintmax_t size = fs::file_size(file, ignored);
  if (fs::exists(file) && size != text.size()) io::write_file_atomically(file, text);
  return seconds;
}

/// What is drawn by epoch.
std::vector<NamedLoss> curves_of(const EpochReport& report) {
  std::vector<NamedLoss> curves = report.losses;
  curves.push_back({"penalty", report.penalty});
  for (const Score& score : report.training) {
    curves.push_back({score_key("train", *score.metric), score.value});
  }
  for (const Score& score : report.validation) {
    curves.push_back({score_key("validation", *score.metric), score.value});
  }
  curves.push_back({"rate", report.rate});
  return curves;
}

/// A new file in place of those of before: TensorBoard knows no way to take a point back.
fs::path new_event_file(const fs::path& folder) {
  for (const fs::path& entry : io::entries(folder)) {
    if (entry.filename().string().starts_with("events.out.tfevents.")) fs::remove(entry);
  }
  return folder / metrics::event_file_name(std::chrono::system_clock::now());
}

}  // namespace

MetricsLog::MetricsLog(const fs::path& folder, int epochs)
    : seconds_(cut(folder / metrics_file, epochs)),
      lines_(folder / metrics_file),
      events_(new_event_file(folder),
              metrics::seconds_since_1970(std::chrono::system_clock::now())) {
  const auto now = std::chrono::system_clock::now();
  for (const EpochReport& report : read_metrics(folder / metrics_file)) {
    const std::chrono::duration<double> ago(seconds_ - report.seconds);
    add_event(report, now - std::chrono::duration_cast<std::chrono::system_clock::duration>(ago));
  }
}

void MetricsLog::write(const EpochReport& report) {
  lines_.write(metrics_line(report));
  add_event(report, std::chrono::system_clock::now());
}

void MetricsLog::add_event(const EpochReport& report, std::chrono::system_clock::time_point time) {
  const std::vector<NamedLoss> curves = curves_of(report);
  std::vector<metrics::Scalar> values;
  for (const NamedLoss& curve : curves) {
    values.push_back({curve.name, static_cast<float>(curve.value)});
  }
  events_.scalars(values, report.epoch, metrics::seconds_since_1970(time));
}

}  // namespace lacuna::experiments
