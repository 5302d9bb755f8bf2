#include "experiments/tasks/rating_prediction/error_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "experiments/report/html.hpp"
#include "experiments/report/record.hpp"
#include "experiments/tasks/rating_prediction/error_by_count.hpp"

namespace lacuna::experiments::report {

namespace {

/// Of all runs of a variant that have been tested.
std::vector<CountBin> bins_of(const VariantRecord& variant) {
  std::vector<std::vector<CountBin>> runs;
  for (const RunRecord& run : variant.runs) {
    const auto file = run.folder / error_by_count_file;
    // A run that is trained on has lost its test, not the file.
    if (run.outcome.test && std::filesystem::exists(file))
      runs.push_back(read_error_by_count(file));
  }
  return pooled(runs);
}

struct Series {
  std::string label;
  std::vector<CountBin> bins;
};

std::vector<Series> series_of(const LaunchRecord& launch) {
  std::vector<Series> all;
  for (const VariantRecord& variant : launch.variants) {
    Series series{variant.label, bins_of(variant)};
    if (!series.bins.empty()) all.push_back(std::move(series));
  }
  return all;
}

std::string known_text(std::int64_t from) {
  if (from < 2) return std::to_string(from);
  return fmt::format("{}\u2013{}", from, 2 * from - 1);
}

/// A row a bin of counts: each variant's error, and how many test ratings that is of.
std::string bins_table(const std::vector<Series>& all, const std::string& title) {
  std::set<std::int64_t> froms;
  for (const Series& series : all) {
    for (const CountBin& bin : series.bins) froms.insert(bin.from);
  }
  Rows rows{{"known ratings of the row"}};
  for (const Series& series : all) {
    rows[0].push_back(series.label);
    rows[0].emplace_back("test ratings");
  }
  for (const std::int64_t from : froms) {
    std::vector<std::string>& row = rows.emplace_back(1, known_text(from));
    for (const Series& series : all) {
      const auto bin = std::ranges::find(series.bins, from, &CountBin::from);
      const bool there = bin != series.bins.end();
      row.push_back(there ? fmt::format("{:.4f}", bin->rmse) : "");
      row.push_back(there ? std::to_string(bin->pairs) : "");
    }
  }
  return table(title, rows, Cells::numbers);
}

Chart chart_of(const std::vector<Series>& all, const std::string& title) {
  Chart chart{.title = title,
              .x_label = "known ratings of the row",
              .y_label = "test RMSE",
              .bands = {},
              .lines = {},
              .dots = {},
              .legend = {},
              .remark = "all runs of a variant together; rows without any are in the table only.",
              .y_range = {},
              .logarithmic_x = true};
  for (const Series& series : all) {
    const Pen pen = series_pen(chart.lines.size());
    Line line{.curve = {}, .pen = pen};
    for (const CountBin& bin : series.bins) {
      if (bin.from > 0) line.curve.push_back({bin.mean_known, bin.rmse});
    }
    chart.lines.push_back(std::move(line));
    chart.legend.emplace_back(pen, series.label);
  }
  return chart;
}

}  // namespace

std::string error_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer) {
  std::string tables;
  std::string charts;
  for (const LaunchRecord& launch : launches) {
    const std::vector<Series> all = series_of(launch);
    if (all.empty()) continue;
    std::string title = "Test RMSE by the number of known ratings";
    if (launches.size() > 1) title += ", " + launch.folder.filename().string();
    charts += drawer.draw(chart_of(all, title));
    tables += bins_table(all, title);
  }
  if (tables.empty()) return "";
  if (!charts.empty()) charts = fmt::format("<div class=\"charts\">\n{}</div>\n", charts);
  return section("Error by the number of known ratings", charts + tables);
}

}  // namespace lacuna::experiments::report
