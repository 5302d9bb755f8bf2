#pragma once

#include <memory>

#include "experiments/experiment.hpp"

namespace lacuna::experiments {

/// A model of the experiment's kind with few units, made for no data: what its configuration alone
/// decides, its parameters' names above all, is as in the real one, at no cost. Throws ConfigError.
std::unique_ptr<Model> small_model(DeviceContext& context, const Experiment& experiment);

}  // namespace lacuna::experiments
