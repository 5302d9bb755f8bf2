#pragma once

#include <string>

#include "experiments/tasks/rating_prediction/best_items.hpp"
#include "experiments/tasks/scores.hpp"

namespace lacuna::experiments {

/// How well the best k items of each user, of all that they have not rated in training and
/// validation, hold the relevant ones: those of their test ratings that are at least
/// evaluate.ranking.relevant. Means over the users who have relevant ones. Without sampling.
struct RankingScores {
  int k = 0;
  std::int64_t users = 0;    ///< that have relevant items
  std::int64_t without = 0;  ///< that have none, and do not count
  double recall = 0;         ///< share of the relevant items among the k
  double precision = 0;      ///< share of the k that is relevant
  double ndcg = 0;           ///< discounted gain, log2(1 + rank), over that of the best order
  double mrr = 0;            ///< 1 / rank of the first relevant one, 0 where there is none

  TestScores scores() const;
  std::string text() const;  ///< for people
};

/// config.ranking is there. Errors as best_items().
RankingScores rank(DeviceContext& context, Model& model, const RatingTask& task,
                   const RatingPredictionConfig& config);

}  // namespace lacuna::experiments
