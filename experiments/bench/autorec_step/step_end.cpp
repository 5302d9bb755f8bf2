#include "experiments/bench/autorec_step/step_end.hpp"

#include <cmath>

#include "experiments/bench/autorec_step/setting.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

StepEnd::StepEnd(DeviceContext& context, const std::vector<Parameter*>& parameters)
    : context_(context),
      penalty_(step_config().l2, parameters),
      optimizer_(context, step_config().optimizer, parameters, penalty_),
      clock_(context.pool(), 1) {}

double StepEnd::run(double loss) {
  penalty_.measure(context_);
  optimizer_.step(clock_);
  loss += penalty_.value();
  check_step(loss, clock_.read().clock);
  return loss;
}

void check_step(double loss, const Clock& clock) {
  if (!std::isfinite(loss) || clock.stopped != 0) {
    throw NonFiniteError("bench: the loss or a gradient of the step is not finite");
  }
}

}  // namespace lacuna::experiments::bench
