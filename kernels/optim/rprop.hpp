#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

struct RPropSettings {
  double increase = 1.2;
  double decrease = 0.5;
  double smallest_step = 1e-6;
  double largest_step = 50;
  double learning_rate = 1;  ///< of decoupled decay only; steps have their own size
};

/// One step of resilient propagation without weight backtracking (iRprop-, Igel and Huesken, 2003)
/// over all parameters in one call; for full batches, since it compares the signs of successive
/// gradients. State: the previous gradient p, zero at first, and the step size d.
///   value -= learning_rate decay value;  g = gradient_scale (gradient + l2 value)
///   d = min(increase d, largest) where p g > 0;  d = max(decrease d, smallest), g = 0 where p g <
///   0 value -= sign(g) d;  p = g
/// The clock gives the rate's share, `state` g's scale. Throws UnsupportedDevice where the device
/// has no kernel.
template <class T>
struct RProp {
  static constexpr std::string_view name = "rprop";

  RPropSettings settings;
  const Clock* clock = nullptr;           ///< [1]
  const OptimizerState* state = nullptr;  ///< [1]
  std::span<const TrainedParameter<T>> parameters;
};

template <class T>
void rprop(const ExecContext& ctx, const RProp<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
