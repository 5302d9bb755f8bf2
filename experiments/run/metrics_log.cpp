#include "experiments/run/metrics_log.hpp"

#include <array>

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
  const auto scalar = [](std::string_view tag, double value) {
    return metrics::Scalar{tag, static_cast<float>(value)};
  };
  const std::array values{scalar("loss", report.loss), scalar("penalty", report.penalty),
                          scalar("train_rmse", report.train_rmse),
                          scalar("validation_rmse", report.validation_rmse),
                          scalar("rate", report.rate)};
  events_.scalars(values, report.epoch, metrics::seconds_since_1970(time));
}

}  // namespace lacuna::experiments
