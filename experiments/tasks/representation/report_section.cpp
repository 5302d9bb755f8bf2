#include "experiments/tasks/representation/report_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/tasks/own_csv.hpp"
#include "experiments/tasks/representation/code_files.hpp"
#include "experiments/tasks/rows/row_pictures.hpp"

namespace lacuna::experiments::report {

namespace {

namespace fs = std::filesystem;

constexpr std::array<RowPicture, 3> pictures{
    {{.file = filters_file,
      .title = "filters",
      .remark = "The weights of the first units, each scaled by itself.",
      .scale = Tiles::Scale::each},
     {.file = reconstructions_file,
      .title = "reconstructions",
      .remark = "Test rows, and below them what they are reconstructed as.",
      .pairs = true},
     {.file = samples_file,
      .title = "samples",
      .remark = "Means of the last step of chains that began at training rows."}}};

Chart chart_of(const VariantRecord& variant, std::string_view title, std::string_view x_label,
               std::string_view y_label) {
  Chart chart;
  chart.title = fmt::format("{}: {}", variant.label, title);
  chart.x_label = x_label;
  chart.y_label = y_label;
  return chart;
}

/// Rows by their number of active units.
std::string active_chart(const VariantRecord& variant, ChartDrawer& drawer) {
  const fs::path file = first_with(variant, active_file);
  if (file.empty()) return "";
  Chart chart = chart_of(variant, "active units", "active units of a row", "test rows");
  Line line{.curve = {}, .pen = series_pen(0)};
  read_own_csv(file, [&](const OwnRow& row) {
    line.curve.push_back({row.number(0), row.number(1)});
  });
  chart.lines.push_back(std::move(line));
  return drawer.draw(chart);
}

/// Units by the share of rows in which they are active, the least active first.
std::string rate_chart(const VariantRecord& variant, ChartDrawer& drawer) {
  const fs::path file = first_with(variant, units_file);
  if (file.empty()) return "";
  std::vector<double> rates;
  read_own_csv(file, [&](const OwnRow& row) { rates.push_back(row.number(1)); });
  std::ranges::sort(rates);
  Chart chart = chart_of(variant, "activation rates", "units, by rate", "share of the test rows");
  chart.y_range = std::pair(0.0, 1.0);
  Line line{.curve = {}, .pen = series_pen(0)};
  for (std::size_t u = 0; u < rates.size(); ++u) {
    line.curve.push_back({static_cast<double>(u + 1), rates[u]});
  }
  chart.lines.push_back(std::move(line));
  return drawer.draw(chart);
}

double score_of(const EpochReport& epoch, const Metric& metric) {
  const auto found = std::ranges::find(epoch.validation, &metric, &Score::metric);
  return found == epoch.validation.end() ? std::nan("") : found->value;
}

std::string by_epoch(const VariantRecord& variant, ChartDrawer& drawer) {
  Chart chart = chart_of(variant, "units by epoch", "epoch", "share of the units");
  std::size_t series = 0;
  for (const Metric* metric : {&metric::active, &metric::dead}) {
    const Pen pen = series_pen(series++);
    for (const RunRecord& run : variant.runs) {
      const auto value = [&](const EpochReport& epoch) { return score_of(epoch, *metric); };
      chart.lines.push_back({thin(curve_of(run.epochs, value), most_points), pen});
    }
    chart.legend.emplace_back(pen, fmt::format("{}, validation rows", metric->title));
  }
  return drawer.draw(chart);
}

}  // namespace

std::string representation_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer) {
  std::string figures;
  for (const VariantRecord* variant : variants_of(launches)) {
    for (const RowPicture& picture : pictures) figures += draw_rows(*variant, picture, drawer);
    figures +=
        active_chart(*variant, drawer) + rate_chart(*variant, drawer) + by_epoch(*variant, drawer);
  }
  if (figures.empty()) return "";
  return section("Codes", fmt::format("<div class=\"charts\">\n{}</div>\n", figures));
}

}  // namespace lacuna::experiments::report
