#pragma once

#include <memory>

#include "experiments/tasks/rows/predict_rows.hpp"

namespace lacuna::experiments {

/// A number for each row, in the target's own unit: the column prediction.
std::unique_ptr<Predictions> number_predictions(RowPredictions predictions);

}  // namespace lacuna::experiments
