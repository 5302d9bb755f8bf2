#include "experiments/tasks/representation/judge_codes.hpp"

#include <cmath>
#include <limits>

#include "experiments/tasks/rows/logistic_regression.hpp"
#include "runtime/data/images/split_images.hpp"
#include "runtime/metrics/classification.hpp"

namespace lacuna::experiments {

namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

double mean_of(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += double{value};
  return sum / static_cast<double>(values.size());
}

constexpr std::uint64_t subset_seed = 0;  // the same rows for all models

data::DataSet balanced(const data::DataSet& train, std::int64_t rows_per_class) {
  const auto& labels = std::get<data::Labels>(train.fields.at("target"));
  return data::take_rows(train, data::balanced_rows(labels, rows_per_class, subset_seed));
}

}  // namespace

double reconstruction_error(const data::DataSet& part, std::span<const float> reconstructed) {
  if (reconstructed.empty()) return absent;
  const data::DenseArray& input = inputs_of(part);
  const auto columns = static_cast<std::size_t>(input.columns());
  std::vector<float> row(columns);
  double sum = 0;
  double cells = 0;
  for (std::int64_t r = 0; r < input.rows; ++r) {
    input.put_row(r, row);
    const auto again = reconstructed.subspan(static_cast<std::size_t>(r) * columns, columns);
    for (std::size_t c = 0; c < columns; ++c) {
      if (!input.observed(r, static_cast<std::int64_t>(c))) continue;
      const double error = double{again[c]} - double{row[c]};
      sum += error * error;
      ++cells;
    }
  }
  return std::sqrt(sum / cells);
}

CodeScores judge_codes(const data::DataSet& part, RowOutputs& outputs, double active_above) {
  const std::span<const float> codes = outputs.codes();
  check_finite(codes, "codes of rows");
  CodeScores said{.codes = codes,
                  .reconstruction_rmse = {},
                  .code = metrics::code_statistics(codes, outputs.units(), active_above),
                  .pseudo_nll = {}};
  if (const auto again = outputs.reconstruction(); !again.empty()) {
    said.reconstruction_rmse = reconstruction_error(part, again);
  }
  if (const auto likelihood = outputs.pseudo_likelihood(); !likelihood.empty()) {
    said.pseudo_nll = -mean_of(likelihood);
  }
  return said;
}

Probe::Probe(const data::DataSet& train, std::int64_t rows_per_class)
    : rows_(rows_per_class == 0 ? train : balanced(train, rows_per_class)) {}

double Probe::error_rate(std::span<const float> codes, const Part& validation, const Part& judged,
                         std::int64_t units, int threads) const {
  const auto width = static_cast<std::size_t>(units);
  const auto examples = [&](const Part& part) {
    return LabelledRows{{part.codes, width}, labels_of(part.rows), weights_of(part.rows)};
  };
  const auto classes = static_cast<std::int32_t>(class_names(rows_).size());
  const LogisticRegression probe =
      best_logistic_regression(examples({rows_, codes}), examples(validation), classes, threads);
  const std::vector<float> p = probe.probabilities({judged.codes, width});
  return metrics::error_rate({.probabilities = p,
                              .labels = labels_of(judged.rows),
                              .classes = classes,
                              .weights = weights_of(judged.rows)});
}

}  // namespace lacuna::experiments
