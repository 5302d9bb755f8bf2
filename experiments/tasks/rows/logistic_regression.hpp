#pragma once

#include <cstdint>

#include "experiments/tasks/rows/linear_baseline.hpp"

/// What a classifier of rows of numbers must beat, and what codes are probed by.
namespace lacuna::experiments {

using LabelledRows = Examples<std::int32_t>;

/// Multinomial logistic regression: p(class c | x) ~ exp(bias_c + coefficients_c . x).
struct LogisticRegression {
  std::int32_t classes = 0;
  std::vector<double> coefficients;  ///< [classes, columns]
  std::vector<double> bias;          ///< [classes]
  double l2 = 0;

  /// [rows, classes]
  std::vector<float> probabilities(const NumberRows& inputs) const;
};

/// The minimum, by L-BFGS, of the weighted mean of -ln p(label) plus (l2 / 2) times the sum of the
/// squared coefficients of standardised columns; biases are not penalised. The same bits at any
/// number of threads. std::invalid_argument as check(), and for labels that are no class.
LogisticRegression fit_logistic_regression(const LabelledRows& training, std::int32_t classes,
                                           double l2, int threads = 1);

/// The one of l2_grid with the smallest mean of -ln p(label) on the validation rows.
LogisticRegression best_logistic_regression(const LabelledRows& training,
                                            const LabelledRows& validation, std::int32_t classes,
                                            int threads = 1);

}  // namespace lacuna::experiments
