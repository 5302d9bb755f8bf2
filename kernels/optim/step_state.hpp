#pragma once

#include <cstdint>

namespace lacuna {

/// What the host changes from step to step.
struct StepInput {
  double rate = 1;           ///< share of the configured learning rate
  double penalty_share = 1;  ///< of the L2 penalty: what a mini-batch has of all rows
  std::int64_t batch = 0;    ///< of the epoch
};

/// What a training step reads besides tensors and what it counts. It lies on the device, so that a
/// captured step sees what has changed and nobody waits for it.
struct StepState {
  StepInput input = {};
  std::int64_t step = 0;      ///< steps taken; Adam's t during the update
  double gradient_scale = 1;  ///< smaller where the gradient's norm is clipped
  double loss_sum = 0;        ///< of the steps taken
  std::int64_t stopped = 0;   ///< not 0: updates change nothing any more, see gate_step
};

/// Values of StepState::stopped: the first reason found, and never another one after it.
inline constexpr std::int64_t stopped_by_loss = 1;
inline constexpr std::int64_t stopped_by_gradient = 2;  ///< of parameter 0; 3: of parameter 1; ...

}  // namespace lacuna
