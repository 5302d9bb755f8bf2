#include "experiments/tasks/rating_prediction/rating_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/experiments/run/small_ratings.hpp"
#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments {
namespace {

class RatingTaskTest : public ::testing::Test {
 protected:
  TestError error(float predicted, const EvaluateConfig& config) {
    testing::BiasModel model(context_, predicted);
    return task_.evaluate(context_, model, config);
  }

  DeviceContext context_ = testing::cpu_context();
  RatingTask task_{context_, small_ratings()};
};

double rmse(std::initializer_list<double> errors) {
  double squares = 0;
  for (const double e : errors) squares += e * e;
  return std::sqrt(squares / static_cast<double>(errors.size()));
}

TEST_F(RatingTaskTest, ColdPairsGetTheMeanByDefault) {
  const TestError found = error(3.5, {});
  EXPECT_EQ(found.pairs, 4);
  EXPECT_EQ(found.warm_pairs, 2);
  EXPECT_NEAR(found.rmse, rmse({2.5, 1.5, 1, 1}), 1e-12);
  EXPECT_NEAR(found.mae, (2.5 + 1.5 + 1 + 1) / 4, 1e-12);
  EXPECT_NEAR(found.warm_rmse, rmse({2.5, 1.5}), 1e-12);
}

TEST_F(RatingTaskTest, ColdPairsGetTheModelsPredictionOrANumber) {
  EXPECT_NEAR(error(3.5, {.cold = ColdPolicy::model, .probe = {}}).rmse, rmse({2.5, 1.5, 1.5, 0.5}),
              1e-12);
  EXPECT_NEAR(error(3.5, {.cold = 2.0, .probe = {}}).rmse, rmse({2.5, 1.5, 0, 2}), 1e-12);
}

TEST_F(RatingTaskTest, PredictionsAreClippedToTheTrainingRangeOrTheOneGiven) {
  EXPECT_NEAR(error(9, {}).warm_rmse, rmse({3, 1}), 1e-12);
  EXPECT_NEAR(error(9, {.clip = std::array{1.0, 5.0}, .probe = {}}).warm_rmse, rmse({4, 0}), 1e-12);
  EXPECT_NEAR(error(9, {.clip = false, .probe = {}}).warm_rmse, rmse({8, 4}), 1e-12);
}

TEST_F(RatingTaskTest, BaselinesAreTheMeanAndTheBiases) {
  const auto baselines = task_.baselines({});
  ASSERT_EQ(baselines.size(), 2u);
  EXPECT_EQ(baselines[0].name, "global mean");
  EXPECT_NEAR(baselines[0].error.rmse, rmse({2, 2, 1, 1}), 1e-12);
  EXPECT_EQ(baselines[1].name, "user + item bias");
}

TEST_F(RatingTaskTest, TheNoiseFloorIsTheTruthsError) {
  data::Dataset generated = small_ratings();
  generated.split.test_truth = {2.5, 3.5, 2.5, 3.5};
  const RatingTask task(context_, std::move(generated));
  const auto baselines = task.baselines({});
  ASSERT_EQ(baselines.size(), 3u);
  EXPECT_EQ(baselines[2].name, "noise floor");
  EXPECT_NEAR(baselines[2].error.rmse, rmse({1.5, 1.5, 0.5, 0.5}), 1e-12);
}

TEST_F(RatingTaskTest, CountsAllRowsInTheMeanCount) {
  EXPECT_EQ(task_.input_statistics().columns, 4);
  EXPECT_NEAR(task_.input_statistics().mean_count, 4.0 / 3, 1e-12);
}

}  // namespace
}  // namespace lacuna::experiments
