#include "experiments/tasks/rating_prediction/ranking.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/autorec.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments {
namespace {

/// Four users of five items. Users 2 and 3 have rated all of them, user 0 item 0, user 1 item 4. Of
/// the test ratings, user 0's of items 1 and 3 and user 1's of item 0 are 4 and more, the only one
/// of user 2 is not.
data::Dataset four_users() {
  const auto matrix = [](std::vector<std::int64_t> row_ptr, std::vector<std::int32_t> col,
                         std::vector<float> value) {
    return data::CsrArrays{4, 5, std::move(row_ptr), std::move(col), std::move(value)};
  };
  return {.ids = {},
          .source = "test",
          .checksum = "",
          .split = {.train = matrix({0, 1, 2, 6, 11}, {0, 4, 0, 1, 2, 3, 0, 1, 2, 3, 4},
                                    {1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3}),
                    .validation = matrix({0, 0, 0, 0, 0}, {}, {}),
                    .test = matrix({0, 3, 4, 5, 5}, {1, 2, 3, 0, 4}, {5, 1, 4, 4, 2}),
                    .test_truth = {}}};
}

/// Predicts each item's own number for everybody: the first items are the best.
std::unique_ptr<Model> by_item(DeviceContext& context) {
  models::AutoRecConfig config;
  config.hidden_units = 1;
  auto model = models::make_model(context, config, {.columns = 5, .mean_count = 2.75}, 0);
  for (Parameter* parameter : model->parameters()) {
    const std::span<float> values = parameter->value.span<float>();
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = parameter->name == "decoder.bias" ? 5.0f - static_cast<float>(i) : 0.0f;
    }
  }
  return model;
}

TEST(RecommendationScores, OfKnownLists) {
  DeviceContext context = testing::cpu_context();
  data::RatingsConfig users;
  users.vectors = data::Orientation::user;
  const RatingTask task(context, four_users(), users);
  RatingPredictionConfig config;
  config.ranking = RankingConfig{.k = 2, .relevant = 4};
  const auto model = by_item(context);
  // User 0 gets items 1 and 2, user 1 items 0 and 1.
  const RankingScores scores = rank(context, *model, task, config);
  EXPECT_EQ(scores.users, 2);
  EXPECT_EQ(scores.without, 2);
  EXPECT_DOUBLE_EQ(scores.recall, (0.5 + 1) / 2);
  EXPECT_DOUBLE_EQ(scores.precision, (0.5 + 0.5) / 2) << "of k, not of the relevant ones";
  EXPECT_DOUBLE_EQ(scores.mrr, 1);
  EXPECT_DOUBLE_EQ(scores.ndcg, (1 / (1 + 1 / std::log2(3)) + 1) / 2);
}

}  // namespace
}  // namespace lacuna::experiments
