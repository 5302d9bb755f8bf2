#include "experiments/small_model.hpp"

#include <algorithm>

namespace lacuna::experiments {

namespace {

models::ModelConfig narrow(models::ModelConfig model) {
  static constexpr int few = 2;
  const auto narrow_it = [](auto& config) {
    if constexpr (requires { config.hidden_units; }) {
      config.hidden_units = std::min(config.hidden_units, few);
    }
    if constexpr (requires { config.layers; }) {
      for (auto& layer : config.layers) layer.units = std::min(layer.units, few);
    }
  };
  std::visit(narrow_it, model);
  return model;
}

}  // namespace

std::unique_ptr<Model> small_model(DeviceContext& context, const Experiment& experiment) {
  return models::make_model(context, narrow(experiment.model),
                            {.columns = 2,
                             .mean_count = 2,
                             .column_mean = {0, 0},
                             .binary = true,
                             .rows_by_non_zeros = {1, 1, 1},
                             .targets = 1,
                             .entries = std::make_shared<data::CsrArrays>()},
                            0);
}

}  // namespace lacuna::experiments
