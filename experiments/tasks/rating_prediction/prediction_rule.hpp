#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include "experiments/tasks/rating_prediction/rating_scaling.hpp"
#include "runtime/sparse/csr_matrix.hpp"
#include "runtime/train/model.hpp"
#include "runtime/train/validation.hpp"

namespace lacuna::experiments {

/// What is made of a model's raw predictions, the same for choosing the best epoch and for the
/// test: pairs of which nothing is known get `cold`, all others are held to [min, max].
struct PredictionRule {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::optional<double> cold = {};          ///< absent: the model's own prediction
  std::span<const std::uint8_t> warm = {};  ///< by entry: 0 for a cold pair; empty: none is cold
};

/// Applies the rule in place, in the order of the entries.
void apply_rule(const PredictionRule& rule, std::span<float> prediction);

/// Judges a model by the RMSE of its predictions of `cells` from the rows of `input`, scaled back
/// and after the rule. Refers to all of them. What is watched is the RMSE before the rule:
/// predictions that start outside the range of the ratings are clipped to one value for many
/// epochs, and only their raw error shows the progress that patience is to wait for.
Validate validate_by_rmse(DeviceContext& context, Model& model, const CsrMatrix& input,
                          const CsrMatrix& cells, const PredictionRule& rule = {},
                          const RatingScaling& scaling = {});

}  // namespace lacuna::experiments
