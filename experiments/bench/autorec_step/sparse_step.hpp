#pragma once

#include "experiments/bench/autorec_step/gradient_pass.hpp"
#include "experiments/bench/autorec_step/step_end.hpp"

namespace lacuna::experiments::bench {

/// Our side: a full-batch step as the Trainer drives it, on the ratings alone.
class SparseStep {
 public:
  SparseStep(DeviceContext& context, const RatingTask& task, const StepShape& shape)
      : gradients_(context, task, shape, 0), end_(context, gradients_.parameters()) {}

  /// One step; returns the loss before it, with the penalty.
  double run() { return end_.run(gradients_.run()); }

  std::vector<Parameter*> parameters() { return gradients_.parameters(); }

 private:
  GradientPass gradients_;
  StepEnd end_;
};

/// Bytes one such step moves. Per rating, four rows of `units` floats: the encoder's weights, the
/// decoder's weights (prediction and gradient in one visit), and for the two weight gradients the
/// hidden row and its gradient. Besides, once each: weights, gradients and Adam's two moments. Rows
/// are counted wherever they are read from, so that caches can make it more than memory gives.
inline double step_bytes(std::int64_t ratings, std::int64_t units, std::int64_t parameters) {
  const double rows = 4.0 * static_cast<double>(ratings) * static_cast<double>(units);
  const double state = 4.0 * static_cast<double>(parameters);
  return static_cast<double>(sizeof(float)) * (rows + state);
}

}  // namespace lacuna::experiments::bench
