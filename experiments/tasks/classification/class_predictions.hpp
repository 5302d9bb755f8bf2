#pragma once

#include <memory>

#include "experiments/tasks/rows/predict_rows.hpp"

namespace lacuna::experiments {

/// Each row's most probable class and the probabilities of all: columns prediction and
/// "probability of <class>".
std::unique_ptr<Predictions> class_predictions(RowPredictions predictions);

}  // namespace lacuna::experiments
