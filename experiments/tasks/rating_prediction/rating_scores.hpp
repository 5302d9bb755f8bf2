#pragma once

#include <array>

#include "experiments/tasks/scores.hpp"

/// What predictions of test ratings are scored by.
namespace lacuna::experiments {

inline constexpr std::array<ScoreForm, 3> rating_scores{
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
      .cases = "warm pairs"}}};

/// Over all pairs.
inline constexpr const ScoreForm& rmse_score = rating_scores[0];
inline constexpr const ScoreForm& mae_score = rating_scores[1];
/// Over the pairs whose user and item both have training ratings; NaN: there are none.
inline constexpr const ScoreForm& warm_rmse_score = rating_scores[2];

}  // namespace lacuna::experiments
