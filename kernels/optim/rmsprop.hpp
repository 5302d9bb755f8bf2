#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

struct RMSPropSettings {
  double learning_rate = 1e-3;
  double decay = 0.99;
  double momentum = 0;
  double epsilon = 1e-8;
};

/// One step of RMSProp (Tieleman and Hinton, 2012, lecture 6.5) over all parameters in one call.
/// State: the velocity u and the mean square v, zero at first.
///   g = gradient_scale (gradient + l2 value);  value -= learning_rate decay value
///   v = a v + (1 - a) g^2;  u = momentum u + g / (sqrt(v) + epsilon);  value -= learning_rate u
/// The clock gives the rate's share, `state` g's scale. Throws UnsupportedDevice where the device
/// has no kernel.
template <class T>
struct RMSProp {
  static constexpr std::string_view name = "rmsprop";

  RMSPropSettings settings;
  const Clock* clock = nullptr;           ///< [1]
  const OptimizerState* state = nullptr;  ///< [1]
  std::span<const TrainedParameter<T>> parameters;
};

template <class T>
void rmsprop(const ExecContext& ctx, const RMSProp<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
