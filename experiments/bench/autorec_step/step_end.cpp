#include "experiments/bench/autorec_step/step_end.hpp"

#include <cmath>

#include "experiments/bench/autorec_step/setting.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

StepEnd::StepEnd(DeviceContext& context, std::vector<Parameter*> parameters)
    : context_(context),
      parameters_(std::move(parameters)),
      penalty_(step_config().l2, parameters_),
      optimizer_(context, step_config().optimizer, parameters_, penalty_),
      clock_(context.pool(), 1) {}

double StepEnd::run(double loss) {
  loss += penalty_.value(context_);
  optimizer_.step(clock_);
  if (!std::isfinite(loss) || clock_.state().stopped != 0) {
    throw NonFiniteError("bench: the loss or a gradient of the step is not finite");
  }
  return loss;
}

}  // namespace lacuna::experiments::bench
