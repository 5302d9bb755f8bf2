#include "experiments/tasks/representation/row_outputs.hpp"

#include <limits>

namespace lacuna::experiments {

RowOutputs::RowOutputs(DeviceContext& context, Model& model, const DeviceRows& rows) {
  const auto predictor = [&](Output output) {
    return model.offers(output) ? std::make_unique<Predictor>(context, model, rows, output)
                                : nullptr;
  };
  code_ = std::make_unique<Predictor>(context, model, rows, Output::code);
  reconstruction_ = predictor(Output::reconstruction);
  log_likelihood_ = predictor(Output::log_likelihood);
  const bool needed = !reconstruction_ && !log_likelihood_ && model.has_objective();
  if (needed) objective_ = std::make_unique<Objective>(context, model, rows);
}

double RowOutputs::objective() {
  return objective_ ? objective_->value() : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace lacuna::experiments
