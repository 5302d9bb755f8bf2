#include "experiments/bench/autorec_step/step_end.hpp"

#include <cmath>

#include "experiments/bench/autorec_step/setting.hpp"
#include "kernels/dense/reduce.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

StepEnd::StepEnd(DeviceContext& context, std::vector<Parameter*> parameters)
    : context_(context),
      parameters_(std::move(parameters)),
      penalty_(step_config().l2, parameters_),
      optimizer_(context, step_config().optimizer, parameters_, penalty_) {}

double StepEnd::run(double loss) {
  bool finite = std::isfinite(loss);
  for (const Parameter* parameter : parameters_) {
    const auto gradient = parameter->gradient.span<float>();
    finite = finite && count_non_finite<float>(context_.exec(), gradient) == 0;
  }
  if (!finite) throw NonFiniteError("bench: the loss or a gradient of the step is not finite");
  loss += penalty_.value<float>(context_);
  optimizer_.step();
  return loss;
}

}  // namespace lacuna::experiments::bench
