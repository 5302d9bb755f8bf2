#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"
#include "kernels/optim/loss_sum.hpp"
#include "kernels/optim/optimizer_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

/// Decides on the device whether an optimiser's step may change weights. Where every term of the
/// loss and every gradient are finite: ++step, sums += terms, gradient_scale = 1, or
/// min(1, largest / norm) where gradients are clipped, norm = sqrt(sum (gradient + l2 value)^2)
/// being that of the whole loss's gradient over all parameters together, the penalties' part
/// included. Else the clock is stopped and says by what: the first term, or else the first
/// parameter; once stopped it stays so. Optimisers leave everything as it is where the clock is
/// stopped, so weights stay at the last finite step however late the host looks. Same bits at any
/// number of threads.
template <class T>
struct GateStep {
  static constexpr std::string_view name = "gate_step";

  std::span<const TrainedParameter<T>> parameters;
  std::int64_t first_parameter = 0;  ///< number of parameters[0] in the model's list
  const LossSum* terms = nullptr;    ///< [n_terms], of this step
  LossSum* sums = nullptr;           ///< [n_terms], over the epoch's steps
  std::int64_t n_terms = 0;
  std::int64_t first_term = 0;      ///< number of terms[0] in the model's list
  double largest = 0;               ///< norm that gradients are clipped to; 0: they are not
  Clock* clock = nullptr;           ///< [1]
  OptimizerState* state = nullptr;  ///< [1]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void gate_step(const ExecContext& ctx, const GateStep<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
