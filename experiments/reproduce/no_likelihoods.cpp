#include "experiments/reproduce/no_likelihoods.hpp"

#include <fmt/format.h>

#include "experiments/reproduce/figure_series.hpp"

namespace lacuna::experiments {

namespace {

/// "97.3 at 1, 95.1 at 32": the mean over runs at each place; empty where no run has it.
std::string means_of(const Series& series, const std::string& detail) {
  std::string text;
  for (const ReproducedCell* cell : series) {
    std::vector<double> values;
    for (const auto& [seed, run] : cell->runs) {
      if (const auto value = detail_of(run, detail)) values.push_back(*value);
    }
    if (values.empty()) continue;
    text += fmt::format("{}{:.2f} at {:g}", text.empty() ? "" : ", ",
                        metrics::mean_interval(values).mean, *cell->x);
  }
  return text;
}

}  // namespace

std::string no_likelihoods_of(const ReproductionReport& report) {
  std::string text;
  for (const std::string& row : rows_of(report)) {
    for (const auto& [name, series] : series_of_row(report, row)) {
      const std::string given = means_of(series, "conditional_nll");
      if (!given.empty()) {
        text += fmt::format(
            "- {}, {}: given the number of a row's ones, which is not a likelihood and is compared "
            "with none, {}; that number costs {} more\n",
            row, name, given, means_of(series, "count_cost"));
      }
      const std::string logits = means_of(series, "averaged_logits_nll");
      if (logits.empty()) continue;
      text += fmt::format(
          "- {}, {}: with averaged logits in place of averaged probabilities, which is not a "
          "likelihood and is compared with none, {}\n",
          row, name, logits);
    }
  }
  return text;
}

}  // namespace lacuna::experiments
