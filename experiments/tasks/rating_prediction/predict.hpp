#pragma once

#include <array>
#include <memory>

#include "experiments/tasks/predict_options.hpp"

namespace lacuna::experiments {

/// The pairs of a file, or the best items that a user has not rated.
inline constexpr std::array<PredictOption, 7> rating_predict_options{
    {{.name = "--pairs",
      .help =
          "file with the columns user,item, or named as in the run's data: predict these pairs; "
          "those that the data do not know get evaluate.cold"},
     {.name = "--user",
      .help = "the id of a user: predict the best items they have not rated",
      .value = PredictOption::Value::text},
     {.name = "--ratings",
      .help = "file with the columns item,rating: the ratings of a user who is not in the data "
              "(--pairs then needs no column user)"},
     {.name = "--all-users",
      .help = "predict the best items of every user",
      .value = PredictOption::Value::flag},
     {.name = "--items", .help = "file with the column item: the only items that are recommended"},
     {.name = "--exclude",
      .help = "which items a user is not recommended: seen (default: in any part of the split), "
              "train, none, or a file with the columns user,item",
      .value = PredictOption::Value::text},
     {.name = "--top",
      .help = "how many of the best items (default: 10)",
      .value = PredictOption::Value::positive_integer}}};

/// Predicts as the evaluation does: from training ratings only, held to its range, cold pairs by
/// its policy. Throws ConfigError where the options do not go together, and for a new user of a
/// model of item vectors; DataError for ratings other than the run's, for unknown ids and damaged
/// files.
std::unique_ptr<Predictions> predict_ratings(const PredictRequest& request);

}  // namespace lacuna::experiments
