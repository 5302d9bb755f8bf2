#pragma once

#include <vector>

#include "runtime/optim/optimizer.hpp"

namespace lacuna::experiments::bench {

/// What follows the gradients in a step that is not recorded, as a step of the Trainer has it: the
/// check that loss and gradients are finite, the penalty's value, Adam.
class StepEnd {
 public:
  StepEnd(DeviceContext& context, const std::vector<Parameter*>& parameters);

  /// Updates the parameters; returns `loss` with the penalty. Throws NonFiniteError.
  double run(double loss);

 private:
  DeviceContext& context_;
  L2Penalty penalty_;
  Optimizer optimizer_;
  TrainingClock clock_;
};

/// Throws NonFiniteError unless `loss` is finite and the steps go on.
void check_step(double loss, const Clock& clock);

}  // namespace lacuna::experiments::bench
