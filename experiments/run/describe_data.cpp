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
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

namespace {

constexpr int bins = 60;

/// Rows by their count.
std::map<std::int64_t, std::int64_t> histogram(const DataDescription& data) {
  std::map<std::int64_t, std::int64_t> rows;
  for (const std::int64_t count : data.counts) ++rows[count];
  return rows;
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

DataDescription describe_data(const Experiment& experiment) {
  DeviceContext context(Device::cpu, thread_count(experiment.threads));
  TaskCache tasks(context, {.keep = false});
  const auto [task, fresh] = tasks.load(experiment.data, experiment.evaluate);
  DataDescription data{task.source(), task.size(), task.non_zeros()};
  std::ranges::sort(data.counts);
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
      "{}: {}\nnon-zeros of a training row: mean {:.1f}, standard deviation {:.1f}\n{}",
      data.source, data.size, data.mean(), data.deviation(), table.text());
}

std::string write_histogram(const DataDescription& data, const std::filesystem::path& folder) {
  std::string csv = "non_zeros,rows\n";
  for (const auto& [count, rows] : histogram(data)) csv += fmt::format("{},{}\n", count, rows);
  std::filesystem::create_directories(folder);
  io::write_file_atomically(folder / "non_zeros.csv", csv);
  try {
    io::plot(script(data), folder / "non_zeros.png");
  } catch (const IoError& error) {
    return error.what();
  }
  return "";
}

}  // namespace lacuna::experiments
