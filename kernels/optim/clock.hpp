#pragma once

#include <cstdint>

namespace lacuna {

/// What the host changes from step to step.
struct StepInput {
  double rate = 1;           ///< share of the configured learning rate
  double penalty_share = 1;  ///< of the L2 penalty; see Trainer
  std::int64_t batch = 0;    ///< of the epoch
  std::int64_t step = 0;     ///< steps of the training before this one
};

/// What a training's steps read besides tensors, and why they change nothing any more. It lies on
/// the device, so that a captured step sees what has changed and nobody waits for it.
struct Clock {
  StepInput input = {};
  std::int64_t stopped = 0;  ///< not 0: updates change nothing any more, see gate_step
  std::int64_t culprit = 0;  ///< number of the term or of the parameter that was not finite
};

/// Values of Clock::stopped: the first reason found, and never another one after it.
inline constexpr std::int64_t stopped_by_loss = 1;
inline constexpr std::int64_t stopped_by_gradient = 2;

}  // namespace lacuna
