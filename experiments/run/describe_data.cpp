#include "experiments/run/describe_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "experiments/run/task_cache.hpp"
#include "experiments/run/thread_count.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/gnuplot.hpp"
#include "runtime/io/standard_streams.hpp"
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

namespace {

constexpr int bins = 60;

/// The rows of one count.
struct Bin {
  std::int64_t rows = 0;
  std::int64_t with_target = 0;
  double targets = 0;  ///< their sum
};

std::map<std::int64_t, Bin> histogram(const DataDescription& data) {
  std::map<std::int64_t, Bin> bins_by_count;
  for (std::size_t r = 0; r < data.counts.size(); ++r) {
    Bin& bin = bins_by_count[data.counts[r]];
    ++bin.rows;
    if (data.targets.empty() || std::isnan(data.targets[r])) continue;
    ++bin.with_target;
    bin.targets += data.targets[r];
  }
  return bins_by_count;
}

std::string targets_script(const DataDescription& data) {
  std::string text = "$rows << EOD\n";
  for (std::size_t r = 0; r < data.counts.size(); ++r) {
    if (!std::isnan(data.targets[r]))
      text += fmt::format("{} {}\n", data.counts[r], data.targets[r]);
  }
  return text +
         "EOD\nset logscale x\nset xlabel 'non-zeros of a row'\nset ylabel 'mean target of the "
         "row'\n"
         "plot $rows with points pointtype 7 pointsize 0.3 linecolor rgb '#08519c' notitle\n";
}

std::string script(const DataDescription& data) {
  const double width = std::max(1.0, std::ceil(static_cast<double>(data.counts.back()) / bins));
  std::map<std::int64_t, std::int64_t> bars;
  for (const std::int64_t count : data.counts) {
    ++bars[static_cast<std::int64_t>(std::floor(static_cast<double>(count) / width))];
  }
  std::string text = "$bars << EOD\n";
  for (const auto& [bar, rows] : bars) {
    text += fmt::format("{} {}\n", (static_cast<double>(bar) + 0.5) * width, rows);
  }
  return text + fmt::format(
                    "EOD\nset xlabel 'non-zeros of a row'\nset ylabel 'training rows'\n"
                    "set style fill solid 0.6\nset boxwidth {}\nset yrange [0:*]\n"
                    "plot $bars with boxes linecolor rgb '#08519c' notitle\n",
                    width);
}

}  // namespace

double DataDescription::mean() const {
  return std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
}

double DataDescription::deviation() const {
  double sum = 0;
  const double middle = mean();
  for (const std::int64_t count : counts) {
    sum += (static_cast<double>(count) - middle) * (static_cast<double>(count) - middle);
  }
  return std::sqrt(sum / static_cast<double>(counts.size()));
}

DataDescription describe_data(const Experiment& experiment, bool with_parts) {
  DeviceContext context(Device::cpu, thread_count(experiment.threads));
  TaskCache tasks(context,
                  {.keep = false, .remark = [](const std::string& text) { io::say(text + "\n"); }});
  const auto [task, fresh] = tasks.load(experiment.data, experiment.evaluate);
  const std::vector<std::int64_t> counts = task.non_zeros();
  const std::vector<double> targets = task.mean_targets();
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t r) { return counts[r]; });
  DataDescription data{.source = task.source(), .size = task.size(), .counts = {}};
  for (const std::size_t r : order) {
    data.counts.push_back(counts[r]);
    if (!targets.empty()) data.targets.push_back(targets[r]);
  }
  data.more = task.description();
  if (with_parts) data.exported = task.exported();
  if (with_parts && data.exported.empty()) {
    throw ConfigError("--export: such data have no parts that can be written as CSV");
  }
  return data;
}

std::string text(const DataDescription& data) {
  metrics::Table table({"share of training rows", "non-zeros, at most"});
  for (const double share : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0}) {
    const auto last = static_cast<double>(data.counts.size() - 1);
    table.add_row({share == 0 ? "least" : fmt::format("{:.0f} %", 100 * share),
                   std::to_string(data.counts[static_cast<std::size_t>(share * last)])});
  }
  return fmt::format(
      "{}: {}\n{}non-zeros of a training row: mean {:.1f}, standard deviation {:.1f}\n{}",
      data.source, data.size, data.more, data.mean(), data.deviation(), table.text());
}

std::string write_histogram(const DataDescription& data, const std::filesystem::path& folder) {
  const bool targets = !data.targets.empty();
  std::string csv = targets ? "non_zeros,rows,mean_target\n" : "non_zeros,rows\n";
  for (const auto& [count, bin] : histogram(data)) {
    csv += fmt::format("{},{}", count, bin.rows);
    if (targets) {
      csv += bin.with_target == 0
                 ? ","
                 : fmt::format(",{:.6g}", bin.targets / static_cast<double>(bin.with_target));
    }
    csv += '\n';
  }
  std::filesystem::create_directories(folder);
  io::write_file_atomically(folder / "non_zeros.csv", csv);
  try {
    io::plot(script(data), folder / "non_zeros.png");
    if (targets) io::plot(targets_script(data), folder / "mean_targets.png");
  } catch (const IoError& error) {
    return error.what();
  }
  return "";
}

}  // namespace lacuna::experiments
