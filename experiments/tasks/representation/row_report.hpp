#pragma once

#include <memory>

#include "experiments/tasks/predict_options.hpp"

namespace lacuna::experiments {

/// What a model makes of each row of a file: how far its reconstruction is off, and how many units
/// of its code are active. Throws as predict_rows().
std::unique_ptr<Predictions> row_report(const PredictRequest& request);

}  // namespace lacuna::experiments
