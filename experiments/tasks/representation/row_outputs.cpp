#include "experiments/tasks/representation/row_outputs.hpp"

namespace lacuna::experiments {

RowOutputs::RowOutputs(DeviceContext& context, Model& model, const DeviceRows& rows) {
  const auto predictor = [&](Output output) {
    return model.offers(output) ? std::make_unique<Predictor>(context, model, rows, output)
                                : nullptr;
  };
  code_ = std::make_unique<Predictor>(context, model, rows, Output::code);
  reconstruction_ = predictor(Output::reconstruction);
  pseudo_likelihood_ = predictor(Output::pseudo_likelihood);
}

}  // namespace lacuna::experiments
