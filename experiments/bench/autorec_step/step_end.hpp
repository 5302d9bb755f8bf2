#pragma once

#include <vector>

#include "runtime/optim/optimizer.hpp"

namespace lacuna::experiments::bench {

/// What follows the gradients in a step of the Trainer, the same on both sides: the check that loss
/// and gradients are finite, the penalty's value, Adam.
class StepEnd {
 public:
  StepEnd(DeviceContext& context, std::vector<Parameter*> parameters);

  /// Updates the parameters; returns `loss` with the penalty. Throws NonFiniteError.
  double run(double loss);

 private:
  DeviceContext& context_;
  std::vector<Parameter*> parameters_;
  L2Penalty penalty_;
  Optimizer optimizer_;
  TrainingClock clock_;
};

}  // namespace lacuna::experiments::bench
