#include "experiments/tasks/representation/report_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/html.hpp"
#include "experiments/tasks/own_csv.hpp"
#include "experiments/tasks/representation/code_files.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/text_source.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::report {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t tiles_a_line = 20;

/// An array of images [..., height, width], all extents before them in one; nothing where rows are
/// no images.
std::optional<Tiles> read_tiles(const fs::path& file, Tiles::Scale scale) {
  data::NpyArray array;
  try {
    array = data::read_npy(file.string(), data::default_max_bytes);
  } catch (const DataError& error) {
    throw IoError(error.what());
  }
  std::vector<std::int64_t>& shape = array.shape;
  if (shape.size() > 3 && shape.back() == 1) shape.pop_back();
  const bool pair = file.filename() == reconstructions_file;
  auto* values = std::get_if<std::vector<float>>(&array.values);
  if (values == nullptr || shape.size() != (pair ? 4 : 3)) return std::nullopt;
  return Tiles{.title = {},
               .height = static_cast<std::size_t>(shape[shape.size() - 2]),
               .width = static_cast<std::size_t>(shape.back()),
               .a_line = pair ? static_cast<std::size_t>(shape[1]) : tiles_a_line,
               .values = std::move(*values),
               .scale = scale,
               .remark = {}};
}

std::string picture(const VariantRecord& variant, std::string_view file, Tiles::Scale scale,
                    std::string_view title, std::string_view remark, ChartDrawer& drawer) {
  const fs::path kept = first_with(variant, file);
  if (kept.empty()) return "";
  std::optional<Tiles> tiles = read_tiles(kept, scale);
  if (!tiles) return "";
  tiles->title = fmt::format("{}: {}", variant.label, title);
  tiles->remark = remark;
  return drawer.draw_tiles(*tiles);
}

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
    figures += picture(*variant, filters_file, Tiles::Scale::each, "filters",
                       "The weights of the first units, each scaled by itself.", drawer);
    figures += picture(*variant, reconstructions_file, Tiles::Scale::unit, "reconstructions",
                       "Test rows, and below them what they are reconstructed as.", drawer);
    figures += picture(*variant, samples_file, Tiles::Scale::unit, "samples",
                       "Means of the last step of chains that began at training rows.", drawer);
    figures +=
        active_chart(*variant, drawer) + rate_chart(*variant, drawer) + by_epoch(*variant, drawer);
  }
  if (figures.empty()) return "";
  return section("Codes", fmt::format("<div class=\"charts\">\n{}</div>\n", figures));
}

}  // namespace lacuna::experiments::report
