#pragma once

#include <array>

#include "experiments/tasks/scores.hpp"

/// What predictions of test ratings are scored by.
namespace lacuna::experiments {

inline constexpr std::array<ScoreForm, 7> rating_scores{
    {{.name = "rmse",
      .metric = &metric::rmse,
      .count_name = "pairs",
      .column = "test RMSE, all pairs",
      .cases = "all pairs"},
     {.name = "mae", .metric = &metric::mae, .count_name = "pairs"},
     {.name = "warm_rmse",
      .metric = &metric::rmse,
      .count_name = "warm_pairs",
      .column = "warm pairs",
      .cases = "warm pairs"},
     {.name = "ndcg_at_k",
      .metric = &metric::ndcg,
      .count_name = "ranked_users",
      .column = "NDCG@k",
      .optional = true},
     {.name = "recall_at_k",
      .metric = &metric::recall,
      .count_name = "ranked_users",
      .column = "recall@k",
      .optional = true},
     {.name = "precision_at_k",
      .metric = &metric::precision,
      .count_name = "ranked_users",
      .optional = true},
     {.name = "mrr_at_k", .metric = &metric::mrr, .count_name = "ranked_users", .optional = true}}};

/// Over all pairs.
inline constexpr const ScoreForm& rmse_score = rating_scores[0];
inline constexpr const ScoreForm& mae_score = rating_scores[1];
/// Over the pairs whose user and item both have training ratings; NaN: there are none.
inline constexpr const ScoreForm& warm_rmse_score = rating_scores[2];
/// Of the first k of all items that a user has not rated, where evaluate.ranking asks for them:
/// means over the users who have relevant ones among their test ratings.
inline constexpr const ScoreForm& ndcg_score = rating_scores[3];
inline constexpr const ScoreForm& recall_score = rating_scores[4];
inline constexpr const ScoreForm& precision_score = rating_scores[5];
inline constexpr const ScoreForm& mrr_score = rating_scores[6];

}  // namespace lacuna::experiments
