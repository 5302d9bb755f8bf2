#include "experiments/reproduce/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "experiments/reproduce/figure_series.hpp"
#include "experiments/reproduce/layer_zeros.hpp"
#include "experiments/reproduce/no_likelihoods.hpp"
#include "experiments/reproduce/sparsity_slope.hpp"
#include "runtime/io/csv_field.hpp"

namespace lacuna::experiments {

namespace {

using Value = std::function<std::optional<double>(const Outcome&)>;

Value first_score(const ReproducedCell& cell) {
  return [form = cell.ours.front().form](const Outcome& run) -> std::optional<double> {
    if (!run.test) return std::nullopt;
    return value_of(*run.test, *form);
  };
}

Value detail(const std::string& name) {
  return [name](const Outcome& run) { return detail_of(run, name); };
}

metrics::Interval over_runs(const ReproducedCell& cell, const Value& value) {
  std::vector<double> values;
  for (const auto& [seed, run] : cell.runs) {
    if (const auto found = value(run)) values.push_back(*found);
  }
  return metrics::mean_interval(values);
}

/// The names of the outputs of the dense rows, without "output_dense".
std::vector<std::string> outputs_of(const ReproducedCell& cell) {
  const std::string prefix = "output_dense";
  std::vector<std::string> names;
  if (cell.runs.empty()) return names;
  for (const auto& [name, value] : cell.runs.begin()->second.details) {
    if (name.starts_with(prefix)) names.push_back(name.substr(prefix.size()));
  }
  return names;
}

/// An output of the dense rows minus the sparse ones'.
Value gap(const std::string& output) {
  return [output](const Outcome& run) -> std::optional<double> {
    const auto dense = detail_of(run, "output_dense" + output);
    const auto sparse = detail_of(run, "output_sparse" + output);
    if (!dense || !sparse) return std::nullopt;
    return *dense - *sparse;
  };
}

/// The largest of them, by its mean.
metrics::Interval largest_gap(const ReproducedCell& cell) {
  metrics::Interval largest;
  for (const std::string& output : outputs_of(cell)) {
    const metrics::Interval found = over_runs(cell, gap(output));
    if (largest.n == 0 || std::abs(found.mean) > std::abs(largest.mean)) largest = found;
  }
  return largest;
}

const ReproducedCell* baseline_of(const ReproductionReport& report, const std::string& row) {
  const auto found = std::ranges::find_if(report.cells, [&](const ReproducedCell& cell) {
    return cell.row == row && !cell.trained && !cell.x;
  });
  return found == report.cells.end() ? nullptr : &*found;
}

/// What a series' scores are, in a sentence.
std::string_view quantity(const Series& series) {
  const Metric* metric = series.front()->ours.front().form->metric;
  return metric == &metric::nll ? metric->title : "error";
}

std::string sentence(const std::string& name, const Series& series,
                     const ReproducedCell* baseline) {
  const ReproducedCell& first = *series.front();
  const ReproducedCell& last = *series.back();
  const metrics::Interval change = difference(last, first);
  const bool told = is_told_apart(change);
  std::string text = fmt::format("{}: the {} {} from {:g} to {:g} ({})", name, quantity(series),
                                 !told             ? "does not change by what can be told"
                                 : change.mean > 0 ? "rises"
                                                   : "falls",
                                 *first.x, *last.x, signed_text(change));
  if (baseline != nullptr) {
    const metrics::Interval beside = difference(last, *baseline);
    text += fmt::format(", there {} {}'s ({})",
                        !is_told_apart(beside) ? "not told apart from the"
                        : beside.mean > 0      ? "above the"
                                               : "below the",
                        baseline->variant, signed_text(beside));
  }
  const metrics::Interval parted = largest_gap(last);
  if (parted.n > 0) {
    text +=
        fmt::format(", dense and sparse rows' outputs {} ({})",
                    is_told_apart(parted) ? "differ" : "are not told apart", signed_text(parted));
  }
  return text;
}

/// The errors of two series at each place that both have.
std::string beside(const std::string& name, const Series& series, const std::string& other_name,
                   const Series& others) {
  std::string text;
  for (const ReproducedCell* cell : series) {
    const auto same = std::ranges::find(others, cell->x, &ReproducedCell::x);
    if (same == others.end()) continue;
    text += fmt::format("{}{} at {:g}", text.empty() ? "" : ", ",
                        signed_text(difference(*cell, **same)), *cell->x);
  }
  return fmt::format("the {} {} minus {}: {}", quantity(series), name, other_name, text);
}

}  // namespace

std::vector<FigurePoint> figure_points(const ReproductionReport& report) {
  std::vector<FigurePoint> points;
  for (const ReproducedCell& cell : report.cells) {
    if (cell.runs.empty() || (cell.trained && !cell.x)) continue;
    const auto add = [&](const std::string& name, const Value& value) {
      points.push_back({.row = cell.row,
                        .series = series_of(cell),
                        .x = cell.x.value_or(std::numeric_limits<double>::quiet_NaN()),
                        .score = name,
                        .value = over_runs(cell, value)});
    };
    add(std::string(cell.ours.front().form->name), first_score(cell));
    for (const auto& [name, value] : cell.runs.begin()->second.details) add(name, detail(name));
    for (const std::string& output : outputs_of(cell)) add("gap" + output, gap(output));
  }
  for (const SparsitySlope& slope : sparsity_slopes(report)) {
    points.push_back({.row = slope.row,
                      .series = slope.gap,
                      .x = std::numeric_limits<double>::quiet_NaN(),
                      .score = "slope",
                      .value = slope.slope});
  }
  return points;
}

std::string figure_csv(const std::vector<FigurePoint>& points) {
  std::string text = "row,series,x,score,runs,mean,half_width_95\n";
  for (const FigurePoint& point : points) {
    text += fmt::format(
        "{},{},{},{},{},{:.6g},{:.3g}\n", io::csv_field(point.row), io::csv_field(point.series),
        std::isnan(point.x) ? "" : fmt::format("{:g}", point.x), io::csv_field(point.score),
        point.value.n, point.value.mean, point.value.half_width);
  }
  return text;
}

std::string figure_sentences(const ReproductionReport& report) {
  std::string text;
  for (const std::string& row : rows_of(report)) {
    const auto all = series_of_row(report, row);
    for (const auto& [name, series] : all) {
      if (series.size() < 2) continue;
      text += fmt::format("- {}, {}\n", row, sentence(name, series, baseline_of(report, row)));
      const auto& [first, firsts] = all.front();
      if (name == first) continue;
      text += fmt::format("- {}, {}\n", row, beside(first, firsts, name, series));
    }
  }
  return text + zeros_sentences(report) + no_likelihoods_of(report) +
         slope_sentences(sparsity_slopes(report));
}

}  // namespace lacuna::experiments
