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
  TestScores scores(float predicted, const RatingPredictionConfig& config) {
    testing::BiasModel model(context_, predicted);
    return task_.test(context_, model, config).scores;
  }
  double score(float predicted, const RatingPredictionConfig& config, const ScoreForm& form) {
    return value_of(scores(predicted, config), form);
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
  const TestScores found = scores(3.5, {});
  EXPECT_NEAR(value_of(found, rmse_score), rmse({2.5, 1.5, 1, 1}), 1e-12);
  EXPECT_NEAR(value_of(found, mae_score), (2.5 + 1.5 + 1 + 1) / 4, 1e-12);
  EXPECT_NEAR(value_of(found, warm_rmse_score), rmse({2.5, 1.5}), 1e-12);
  const config::Json json = to_json(found);
  EXPECT_EQ(json.at("pairs").as_int64(), 4);
  EXPECT_EQ(json.at("warm_pairs").as_int64(), 2);
}

TEST_F(RatingTaskTest, ColdPairsGetTheModelsPredictionOrANumber) {
  EXPECT_NEAR(score(3.5, {.cold = ColdPolicy::model, .probe = {}}, rmse_score),
              rmse({2.5, 1.5, 1.5, 0.5}), 1e-12);
  EXPECT_NEAR(score(3.5, {.cold = 2.0, .probe = {}}, rmse_score), rmse({2.5, 1.5, 0, 2}), 1e-12);
}

TEST_F(RatingTaskTest, PredictionsAreClippedToTheTrainingRangeOrTheOneGiven) {
  EXPECT_NEAR(score(9, {}, warm_rmse_score), rmse({3, 1}), 1e-12);
  EXPECT_NEAR(score(9, {.clip = std::array{1.0, 5.0}, .probe = {}}, warm_rmse_score), rmse({4, 0}),
              1e-12);
  EXPECT_NEAR(score(9, {.clip = false, .probe = {}}, warm_rmse_score), rmse({8, 4}), 1e-12);
}

TEST_F(RatingTaskTest, BaselinesAreTheMeanAndTheBiases) {
  const auto baselines = task_.baselines(EvaluateConfig{});
  ASSERT_EQ(baselines.size(), 2u);
  EXPECT_EQ(baselines[0].name, "global mean");
  EXPECT_NEAR(value_of(baselines[0].scores, rmse_score), rmse({2, 2, 1, 1}), 1e-12);
  EXPECT_EQ(baselines[1].name, "user + item bias");
}

TEST_F(RatingTaskTest, TheNoiseFloorIsTheTruthsError) {
  data::Dataset generated = small_ratings();
  generated.split.test_truth = {2.5, 3.5, 2.5, 3.5};
  const RatingTask task(context_, std::move(generated));
  const auto baselines = task.baselines(EvaluateConfig{});
  ASSERT_EQ(baselines.size(), 3u);
  EXPECT_EQ(baselines[2].name, "noise floor");
  EXPECT_NEAR(value_of(baselines[2].scores, rmse_score), rmse({1.5, 1.5, 0.5, 0.5}), 1e-12);
}

TEST_F(RatingTaskTest, ItsValidationBaselineIsTheTrainingMean) {
  const ValidationBaseline baseline = task_.validation_baseline(EvaluateConfig{}, metric::rmse);
  EXPECT_EQ(baseline.score.metric, &metric::rmse);
  EXPECT_EQ(baseline.score.value, 0) << "the only validation rating is the mean, 3";
  EXPECT_EQ(baseline.score.count, 1);
}

TEST_F(RatingTaskTest, CountsAllRowsInTheMeanCount) {
  EXPECT_EQ(task_.model_facts().columns, 4);
  EXPECT_NEAR(task_.model_facts().mean_count, 4.0 / 3, 1e-12);
}

}  // namespace
}  // namespace lacuna::experiments
