#pragma once

#include <optional>

#include "experiments/tasks/representation/row_outputs.hpp"
#include "experiments/tasks/rows/row_data.hpp"

namespace lacuna::experiments {

/// What is said of a part's rows besides the probe.
struct CodeScores {
  std::span<const float> codes;               ///< until the outputs are asked for them again
  std::optional<double> reconstruction_rmse;  ///< absent where the model has none, as the last
  metrics::CodeStatistics code;
  std::optional<double> pseudo_nll;
};

/// By the model's outputs for the rows of `part`. Throws NonFiniteError where codes are not finite.
CodeScores judge_codes(const data::DataSet& part, RowOutputs& outputs, double active_above);

/// The root of the mean squared difference over observed cells; NaN where nothing is reconstructed.
double reconstruction_error(const data::DataSet& part, std::span<const float> reconstructed);

/// A logistic regression of classes on codes.
class Probe {
 public:
  /// Of those training rows, as the configuration asks for them.
  Probe(const data::DataSet& train, std::int64_t rows_per_class);

  const data::DataSet& rows() const { return rows_; }

  struct Part {
    const data::DataSet& rows;
    std::span<const float> codes;
  };
  /// The error rate on `judged`; the penalty is chosen by `validation`.
  double error_rate(std::span<const float> codes, const Part& validation, const Part& judged,
                    std::int64_t units, int threads) const;

 private:
  data::DataSet rows_;
};

}  // namespace lacuna::experiments
