#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/optim/step_state.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

/// Decides on the device whether a step may change weights. Where the loss and every gradient are
/// finite: ++step, loss_sum += loss, gradient_scale = 1. Else `stopped` says which was not, the
/// loss before the first parameter's gradient before the second's; once set it stays. Optimisers
/// leave everything as it is where `stopped` is set, so weights stay at the last finite step
/// however late the host looks. Throws UnsupportedDevice where the device has no kernel.
template <class T>
struct GateStep {
  static constexpr std::string_view name = "gate_step";

  std::span<const TrainedParameter<T>> parameters;
  const double* loss = nullptr;  ///< [1]
  StepState* state = nullptr;    ///< [1]
};

template <class T>
void gate_step(const ExecContext& ctx, const GateStep<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
