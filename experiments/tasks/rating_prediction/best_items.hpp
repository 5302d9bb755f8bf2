#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "experiments/tasks/rating_prediction/top_lists.hpp"

namespace lacuna::experiments {

/// An item that is recommended.
struct BestItem {
  std::int32_t item = 0;
  float value = 0;    ///< by the rule that evaluation uses, too
  bool cold = false;  ///< user or item has no training rating: value is evaluate.cold's
};

/// The best items of every user among all that are not excluded, as `lacuna predict --user` orders
/// them: cold ones last. Items go by their index, users by theirs. `progress` is called with the
/// training rows that are done. Throws NonFiniteError; ConfigError for models without predictions
/// of whole rows.
std::vector<std::vector<BestItem>> best_items(
    DeviceContext& context, Model& model, const RatingTask& task,
    const RatingPredictionConfig& config, const Exclusion& exclusion, int top,
    const std::function<void(std::int64_t)>& progress = [](std::int64_t) {});

/// Each user's items in some parts of the split, ascending.
data::CsrArrays items_by_user(const RatingTask& task,
                              const std::vector<const data::CsrArrays*>& parts);

}  // namespace lacuna::experiments
