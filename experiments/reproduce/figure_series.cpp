#include "experiments/reproduce/figure_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lacuna::experiments {

std::string series_of(const ReproducedCell& cell) {
  return cell.x ? cell.variant.substr(0, cell.variant.rfind(", ")) : cell.variant;
}

std::vector<std::pair<std::string, Series>> series_of_row(const ReproductionReport& report,
                                                          const std::string& row) {
  std::vector<std::pair<std::string, Series>> all;
  for (const ReproducedCell& cell : report.cells) {
    if (cell.row != row || !cell.x || cell.runs.empty()) continue;
    const std::string name = series_of(cell);
    auto found = std::ranges::find(all, name, &std::pair<std::string, Series>::first);
    if (found == all.end()) found = all.insert(found, {name, {}});
    found->second.push_back(&cell);
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

std::optional<double> detail_of(const Outcome& run, const std::string& name) {
  const auto found = std::ranges::find(run.details, name, &Details::value_type::first);
  if (found == run.details.end()) return std::nullopt;
  return found->second;
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
