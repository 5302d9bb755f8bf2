#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

struct AdamSettings {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

/// One step of Adam (Kingma and Ba, 2015, Algorithm 1) over all parameters in one call; with
/// decoupled decay it is AdamW (Loshchilov and Hutter, 2019). State: m and v, zero at first.
///   value -= learning_rate decay value;  g = gradient_scale (gradient + l2 value)
///   m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2
///   value -= learning_rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
/// The clock gives the rate's share, `state` t and g's scale. Throws UnsupportedDevice where the
/// device has no kernel.
template <class T>
struct Adam {
  static constexpr std::string_view name = "adam";

  AdamSettings settings;
  const Clock* clock = nullptr;           ///< [1]
  const OptimizerState* state = nullptr;  ///< [1]
  std::span<const TrainedParameter<T>> parameters;
};

template <class T>
void adam(const ExecContext& ctx, const Adam<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
