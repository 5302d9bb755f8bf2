#pragma once

#include "runtime/data/logistic_rate.hpp"
#include "runtime/data/random_sequence.hpp"

namespace lacuna::data {

/// Holes in a column of N(0, 1): x is hidden with the probability sigmoid(t + depends * x), where t
/// makes `share` of all cells hidden.
class HiddenCells {
 public:
  /// share in [0, 1).
  HiddenCells(double share, double depends);

  /// That x is hidden.
  double probability(double x) const { return rate_(x); }

  /// Of the hidden cells.
  double mean() const { return mean_; }
  double variance() const { return variance_; }
  double draw(RandomSequence& random) const;

 private:
  LogisticRate rate_;
  double mean_ = 0;
  double variance_ = 1;
};

}  // namespace lacuna::data
