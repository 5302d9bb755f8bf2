#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

struct SgdSettings {
  double learning_rate = 1e-3;
  double momentum = 0.9;
};

/// One step of gradient descent with momentum (Polyak, 1964) over all parameters in one call.
/// State: the velocity u, zero at first.
///   value -= learning_rate decay value;  g = gradient_scale (gradient + l2 value)
///   u = momentum u + g;  value -= learning_rate u
/// The clock gives the rate's share, `state` g's scale. Throws UnsupportedDevice where the device
/// has no kernel.
template <class T>
struct SgdMomentum {
  static constexpr std::string_view name = "sgd_momentum";

  SgdSettings settings;
  const Clock* clock = nullptr;           ///< [1]
  const OptimizerState* state = nullptr;  ///< [1]
  std::span<const TrainedParameter<T>> parameters;
};

template <class T>
void sgd_momentum(const ExecContext& ctx, const SgdMomentum<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
