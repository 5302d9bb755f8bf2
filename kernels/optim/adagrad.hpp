#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

struct AdaGradSettings {
  double learning_rate = 1e-2;
  double epsilon = 1e-10;
};

/// One step of AdaGrad (Duchi, Hazan and Singer, 2011, Section 5.2, diagonal matrices) over all
/// parameters in one call. State: the sum of squares s, zero at first.
///   g = gradient_scale (gradient + l2 value);  value -= learning_rate decay value
///   s = s + g^2;  value -= learning_rate g / (sqrt(s) + epsilon)
/// The clock gives the rate's share, `state` g's scale. Throws UnsupportedDevice where the device
/// has no kernel.
template <class T>
struct AdaGrad {
  static constexpr std::string_view name = "adagrad";

  AdaGradSettings settings;
  const Clock* clock = nullptr;           ///< [1]
  const OptimizerState* state = nullptr;  ///< [1]
  std::span<const TrainedParameter<T>> parameters;
};

template <class T>
void adagrad(const ExecContext& ctx, const AdaGrad<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
