#include "experiments/reproduce/sparsity_slope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "experiments/reproduce/figure_series.hpp"
#include "runtime/config/override.hpp"

namespace lacuna::experiments {

namespace {

/// Two cells at one place: whose error is subtracted, and from which.
struct Place {
  const ReproducedCell* first;
  const ReproducedCell* other;
};
using Places = std::vector<Place>;

/// Of one row, by the name of what is subtracted.
std::map<std::string, Places> places_of(const ReproductionReport& report, const std::string& row) {
  std::map<std::string, Places> places;
  const auto all = series_of_row(report, row);
  for (const auto& [name, series] : all) {
    const auto& [first, firsts] = all.front();
    if (name == first) continue;
    for (const ReproducedCell* cell : firsts) {
      const auto same = std::ranges::find(series, cell->x, &ReproducedCell::x);
      if (same == series.end() || !cell->degree || cell->degree != (*same)->degree) continue;
      places[fmt::format("{} minus {}", name, first)].push_back({cell, *same});
    }
  }
  return places;
}

std::optional<double> error(const ReproducedCell& cell, std::uint64_t seed) {
  const auto run = cell.runs.find(seed);
  if (run == cell.runs.end() || !run->second.test) return std::nullopt;
  return value_of(*run->second.test, *cell.ours.front().form);
}

/// Of the line by least squares through a seed's gaps; nothing where it lacks one.
std::optional<double> slope_of(const Places& places, std::uint64_t seed) {
  std::vector<double> x, y;
  for (const auto& [first, other] : places) {
    const auto a = error(*other, seed), b = error(*first, seed);
    if (!a || !b) return std::nullopt;
    x.push_back(*first->degree);
    y.push_back(*a - *b);
  }
  const double mean_x = metrics::mean_interval(x).mean, mean_y = metrics::mean_interval(y).mean;
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    products += (x[i] - mean_x) * (y[i] - mean_y);
    squares += (x[i] - mean_x) * (x[i] - mean_x);
  }
  return products / squares;
}

std::size_t degrees_in(const Places& places) {
  std::set<double> degrees;
  for (const Place& place : places) degrees.insert(*place.first->degree);
  return degrees.size();
}

SparsitySlope fit(const std::string& row, const std::string& gap, const Places& places) {
  std::vector<double> slopes;
  for (const auto& [seed, run] : places.front().first->runs) {
    if (const auto slope = slope_of(places, seed)) slopes.push_back(*slope);
  }
  return {row, gap, static_cast<int>(places.size()), metrics::mean_interval(slopes)};
}

}  // namespace

std::optional<double> degree_of_sparsity(const config::Json& experiment) {
  const config::Json* dropout = config::find_at(experiment, "model.layers.0.dropout");
  const config::Json* units = config::find_at(experiment, "model.layers.0.units");
  if (dropout == nullptr || units == nullptr || dropout->as_double() == 0) return std::nullopt;
  const double p = dropout->as_double();
  return std::sqrt(p / (units->as_double() * (1 - p)));
}

std::vector<SparsitySlope> sparsity_slopes(const ReproductionReport& report) {
  std::vector<SparsitySlope> slopes;
  std::map<std::string, std::map<std::string, Places>> sets;
  std::map<std::string, int> panels;
  const auto add = [&](const std::string& row, const std::map<std::string, Places>& of_row) {
    for (const auto& [gap, places] : of_row) {
      if (degrees_in(places) >= 2) slopes.push_back(fit(row, gap, places));
    }
  };
  for (const std::string& row : rows_of(report)) {
    const auto of_row = places_of(report, row);
    add(row, of_row);
    const std::string set = row.substr(0, row.rfind(", "));
    ++panels[set];
    for (const auto& [gap, places] : of_row) {
      Places& all = sets[set][gap];
      all.insert(all.end(), places.begin(), places.end());
    }
  }
  for (const auto& [set, of_set] : sets) {
    if (panels[set] > 1) add(set, of_set);
  }
  return slopes;
}

std::string slope_sentences(const std::vector<SparsitySlope>& slopes) {
  std::string text;
  for (const SparsitySlope& each : slopes) {
    if (each.slope.n < 2) continue;
    text += fmt::format(
        "- {}: the error {} {} with sqrt(p / (n (1 - p))) (slope {}, over {} runs, {} places)\n",
        each.row, each.gap,
        !is_told_apart(each.slope) ? "does not change by what can be told"
        : each.slope.mean > 0      ? "rises"
                                   : "falls",
        signed_text(each.slope), each.slope.n, each.places);
  }
  return text;
}

}  // namespace lacuna::experiments
