#include "experiments/tasks/rating_prediction/prediction_rule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna::experiments {
namespace {

TEST(PredictionRule, ColdPairsGetTheirOwnValueUnclipped) {
  const std::vector<std::uint8_t> warm{1, 0, 1};
  std::vector<float> prediction{9, 9, 2};
  apply_rule({.min = 3, .max = 5, .cold = 1.5, .warm = warm}, prediction);
  EXPECT_THAT(prediction, ::testing::ElementsAre(5, 1.5, 3));
  prediction = {9, 9, 2};
  apply_rule({.min = 3, .max = 5, .warm = warm}, prediction);
  EXPECT_THAT(prediction, ::testing::ElementsAre(5, 5, 3)) << "without a cold value";
}

TEST(ValidateByRmse, ScoresAfterTheRuleAndWatchesWhatStandsBeforeIt) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context, 7);
  const std::vector<std::int64_t> row_ptr{0, 2};
  const std::vector<std::int32_t> col{0, 1};
  const CsrMatrix cells(context.pool(), 1, 2, row_ptr, col, std::vector{1.0f, 3.0f});
  const Validate validate = validate_by_rmse(context, model, cells, cells, {.min = 0, .max = 2});
  const Validation found = validate({.epoch = 1});
  ASSERT_EQ(found.scores.size(), 1u);
  EXPECT_EQ(found.scores[0].metric, &metric::rmse);
  EXPECT_EQ(found.scores[0].count, 2);
  EXPECT_DOUBLE_EQ(found.scores[0].value, 1) << "2 in place of 7";
  EXPECT_DOUBLE_EQ(found.watched, std::sqrt((36 + 16) / 2.0));
  model.value() = 2;
  EXPECT_DOUBLE_EQ(validate({.epoch = 1}).watched, 1) << "of the weights of now";
}

}  // namespace
}  // namespace lacuna::experiments
