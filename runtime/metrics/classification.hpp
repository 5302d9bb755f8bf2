#pragma once

#include "runtime/metrics/ranking.hpp"

namespace lacuna::metrics {

/// What a classifier says of labelled rows. All functions below throw std::invalid_argument for
/// lengths that do not fit each other, labels outside, probabilities that are NaN, and weights that
/// are negative or not finite. Sums are of doubles; means are NaN where the weights sum to 0.
struct ClassPredictions {
  std::span<const float> probabilities;  ///< [rows, classes], row-major
  std::span<const std::int32_t> labels;  ///< [rows], from 0 to classes - 1
  std::int32_t classes = 2;              ///< at least 2
  std::span<const float> weights = {};   ///< [rows], or empty for 1 each
};

/// The most probable class of each row; of equally probable ones the lowest.
std::vector<std::int32_t> most_probable(const ClassPredictions& predictions);

/// The share of rows whose most probable class is their label, and of the others.
double accuracy(const ClassPredictions& predictions);
double error_rate(const ClassPredictions& predictions);

/// The mean of -ln of the label's probability. A probability below the smallest normal float counts
/// as that: one row that was ruled out adds 87, not infinity.
double nll(const ClassPredictions& predictions);

/// Of two classes: those of class 1 against class 0. Of more: the plain mean over classes of each
/// one against the rest. A class that no row has is left out; absent where none is left.
Measure auroc(const ClassPredictions& predictions);
Measure auprc(const ClassPredictions& predictions);

/// How many rows of each class were taken for which.
struct ConfusionMatrix {
  std::int32_t classes = 0;
  std::vector<std::int64_t> counts;  ///< [actual class, most probable class], row-major

  std::int64_t count(std::int32_t actual, std::int32_t predicted) const {
    return counts[static_cast<std::size_t>(actual) * static_cast<std::size_t>(classes) +
                  static_cast<std::size_t>(predicted)];
  }
};
ConfusionMatrix confusion_matrix(const ClassPredictions& predictions);

}  // namespace lacuna::metrics
