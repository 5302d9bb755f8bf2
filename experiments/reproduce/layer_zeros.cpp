#include "experiments/reproduce/layer_zeros.hpp"

#include <fmt/format.h>

#include "experiments/reproduce/figure_series.hpp"

namespace lacuna::experiments {

namespace {

/// "0.5 to 0.7 at 64 (+0.2 +- 0.01)"; empty where no run was asked for it.
std::string change_at(const ReproducedCell& cell) {
  std::vector<double> before, after, change;
  for (const auto& [seed, run] : cell.runs) {
    const auto first = detail_of(run, fmt::format("{}before_mean", layer_zeros));
    const auto last = detail_of(run, fmt::format("{}after_mean", layer_zeros));
    if (!first || !last) continue;
    before.push_back(*first);
    after.push_back(*last);
    change.push_back(*last - *first);
  }
  if (change.empty()) return {};
  return fmt::format("{:.3g} to {:.3g} at {:g} ({})", metrics::mean_interval(before).mean,
                     metrics::mean_interval(after).mean, *cell.x,
                     signed_text(metrics::mean_interval(change)));
}

}  // namespace

std::string zeros_sentences(const ReproductionReport& report) {
  std::string text;
  for (const std::string& row : rows_of(report)) {
    for (const auto& [name, series] : series_of_row(report, row)) {
      std::string changes;
      for (const ReproducedCell* cell : series) {
        const std::string change = change_at(*cell);
        if (!change.empty()) changes += (changes.empty() ? "" : ", ") + change;
      }
      if (changes.empty()) continue;
      text += fmt::format(
          "- {}, {}: training takes the share of first-layer units that are 0 from {}\n", row, name,
          changes);
    }
  }
  return text;
}

}  // namespace lacuna::experiments
