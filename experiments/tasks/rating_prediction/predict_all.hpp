#pragma once

#include <memory>

#include "experiments/tasks/predict_options.hpp"
#include "experiments/tasks/rating_prediction/best_items.hpp"
#include "experiments/tasks/rating_prediction/predict_choices.hpp"

namespace lacuna::experiments {

/// The best items of every user, in the order of the users' ids, with titles where there are some.
/// Pairs and items of the files that the data do not know are left out, with a remark. Errors as
/// best_items().
std::unique_ptr<Predictions> predict_all(DeviceContext& context, Model& model,
                                         const RatingTask& task,
                                         const RatingPredictionConfig& config, const StoredRun& run,
                                         const PredictChoices& choices);

}  // namespace lacuna::experiments
