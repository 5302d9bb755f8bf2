#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experiments/tasks/rows/logistic_regression.hpp"

namespace lacuna::experiments {

/// The loss of fit_logistic_regression() as a function of the coefficients of standardised columns
/// [classes, columns], followed by biases [classes]. No standardised copy of the rows is made: the
/// scaling moves to the coefficients. Refers to the rows.
class LogisticLoss {
 public:
  LogisticLoss(const LabelledRows& rows, std::int32_t classes, int threads);

  std::size_t size() const { return classes_ * (columns_ + 1); }
  double value(double l2, std::span<const double> x, std::span<double> gradient) const;
  LogisticRegression unscaled(std::span<const double> x) const;

 private:
  struct Part;  // of the rows

  std::vector<double> in_tiles(const LogisticRegression& model) const;
  void add(const std::vector<double>& tiles, Part& part, std::size_t begin, std::size_t end) const;
  double turn_into_slopes(std::size_t row, double* logits) const;
  void finish(double l2, std::span<const double> x, std::span<double> gradient) const;

  const LabelledRows& rows_;
  std::size_t classes_;
  std::size_t columns_;
  std::size_t tiles_;
  int threads_;
  ColumnScaling scaling_;
  double total_weight_;
};

/// Turns logits into probabilities; returns ln of the sum of their exponentials.
double softmax(std::span<double> logits);

}  // namespace lacuna::experiments
