#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// How well a score tells two classes apart, at all thresholds. Inputs of all functions here:
/// `scores` [rows], larger for the positive class; `positive` [rows], 1 or 0; `weights` [rows], at
/// least 0, or empty for 1 each. std::invalid_argument for lengths that differ, other labels,
/// scores that are NaN, and weights that are negative or not finite. O(rows log rows).
namespace lacuna::metrics {

/// A value, or the reason why there is none.
struct Measure {
  std::optional<double> value;
  std::string_view reason = {};
};

/// Area under the ROC curve: the share of pairs of a positive and a negative row in which the
/// positive one has the larger score, ties counted as half (the Mann-Whitney statistic with
/// midranks). Absent where one class has no row, or no weight.
Measure auroc(std::span<const float> scores, std::span<const std::int32_t> positive,
              std::span<const float> weights = {});

/// Average precision: precision at each threshold, weighted by the recall that it adds; rows of
/// equal scores are one threshold, nothing is interpolated. Absent where auroc() is.
Measure auprc(std::span<const float> scores, std::span<const std::int32_t> positive,
              std::span<const float> weights = {});

/// The rates where rows with scores of at least `threshold` are called positive.
struct RocPoint {
  double threshold = 0;
  double false_positive_rate = 0;
  double true_positive_rate = 0;
};

/// The corners of the ROC curve from (0, 0), whose threshold is infinite, to (1, 1); points on the
/// straight line between two of them are left out. Empty where auroc() is absent.
std::vector<RocPoint> roc_curve(std::span<const float> scores,
                                std::span<const std::int32_t> positive,
                                std::span<const float> weights = {});

}  // namespace lacuna::metrics
