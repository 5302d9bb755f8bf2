#include "experiments/reproduce/figure_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lacuna::experiments {

std::string series_of(const ReproducedCell& cell) {
  return cell.x ? cell.variant.substr(0, cell.variant.rfind(", ")) : cell.variant;
}

std::map<std::string, Series> series_of_row(const ReproductionReport& report,
                                            const std::string& row) {
  std::map<std::string, Series> all;
  for (const ReproducedCell& cell : report.cells) {
    if (cell.row == row && cell.x && !cell.runs.empty()) all[series_of(cell)].push_back(&cell);
  }
  for (auto& [name, series] : all) std::ranges::sort(series, {}, &ReproducedCell::x);
  return all;
}

std::vector<std::string> rows_of(const ReproductionReport& report) {
  std::vector<std::string> rows;
  for (const ReproducedCell& cell : report.cells) {
    if (std::ranges::find(rows, cell.row) == rows.end()) rows.push_back(cell.row);
  }
  return rows;
}

metrics::Interval difference(const ReproducedCell& a, const ReproducedCell& b) {
  return metrics::mean_interval(
      paired_differences(scores_of(a.runs), scores_of(b.runs), *a.ours.front().form));
}

std::string signed_text(const metrics::Interval& interval) {
  return fmt::format("{:+.4g} +- {:.2g}", interval.mean, interval.half_width);
}

bool is_told_apart(const metrics::Interval& interval) {
  return interval.n >= 2 && std::abs(interval.mean) > interval.half_width;
}

}  // namespace lacuna::experiments
