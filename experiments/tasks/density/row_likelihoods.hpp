#pragma once

#include <memory>

#include "experiments/tasks/predict_options.hpp"

namespace lacuna::experiments {

/// -ln p of each row of a file, by a model. Throws as RowsOfFile, ConfigError where the model has
/// no log-likelihood, NonFiniteError where it gives NaN or infinity.
std::unique_ptr<Predictions> row_likelihoods(const PredictRequest& request);

}  // namespace lacuna::experiments
