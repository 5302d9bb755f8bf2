#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

/// The Euclidean norm of the whole loss's gradient over all parameters together, the penalties'
/// part included: norm = sqrt(sum (gradient + l2 value)^2), and what clipping to `largest` makes of
/// it: gradient_scale = min(1, largest / norm). Same bits at any number of threads. Throws
/// UnsupportedDevice where the device has no kernel.
template <class T>
struct GradientNorm {
  static constexpr std::string_view name = "gradient_norm";

  std::span<const TrainedParameter<T>> parameters;
  double largest = 0;
  const Clock* clock = nullptr;     ///< [1]; its penalty_share is read
  OptimizerState* state = nullptr;  ///< [1]; its gradient_scale is written
  double* norm = nullptr;           ///< [1]
};

template <class T>
void gradient_norm(const ExecContext& ctx, const GradientNorm<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
