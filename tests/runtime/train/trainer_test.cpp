#include "runtime/train/trainer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "runtime/error.hpp"
#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna {
namespace {

using ::testing::HasSubstr;

/// A model of one number that is pulled towards the training rating and judged by the validation
/// rating; with Adam's first steps each epoch moves it by about the learning rate.
class TrainerTest : public ::testing::Test {
 protected:
  CsrMatrix one_rating(float value) {
    const std::vector<std::int64_t> row_ptr{0, 1};
    const std::vector<std::int32_t> col{0};
    return {context_.pool(), 1, 1, row_ptr, col, std::vector{value}};
  }

  /// The score is of the prediction clipped to a range, what patience watches of the prediction.
  Validation judge(float rating) {
    const float raw = predictor_->predict()[0];
    const auto error = [&](float predicted) {
      return std::abs(static_cast<double>(predicted) - static_cast<double>(rating));
    };
    return {.scores = {{&metric::rmse, error(std::clamp(raw, min_, max_)), 1}},
            .watched = error(raw)};
  }

  Trainer trainer(float train, float validation) {
    train_ = one_rating(train);
    rows_ = testing::rows_of(train_);
    predictor_.emplace(context_, model_, rows_);
    return {context_,
            model_,
            config_,
            rows_,
            [this, validation](const EpochEnd&) { return judge(validation); },
            0};
  }

  TrainResult run(Trainer trainer) {
    return trainer.run({.epoch = [this](const EpochReport& report) { reports_.push_back(report); },
                        .should_continue = [this] { return reports_.size() != stop_after_; }});
  }

  DeviceContext context_ = testing::cpu_context();
  testing::BiasModel model_{context_};
  TrainConfig config_{.epochs = 100,
                      .patience = 5,
                      .optimizer = AdamConfig{.learning_rate = 0.1},
                      .schedule = {},
                      .l2 = {}};
  float min_ = std::numeric_limits<float>::lowest();
  float max_ = std::numeric_limits<float>::max();
  CsrMatrix train_;
  DeviceRows rows_;
  std::optional<Predictor> predictor_;
  std::vector<EpochReport> reports_;
  std::size_t stop_after_ = 0;
};

TEST_F(TrainerTest, StopsWhenPatienceEndsAndRestoresTheBestWeights) {
  const TrainResult result = run(trainer(10, 1));
  EXPECT_NEAR(result.best_epoch, 10, 1) << "1 is reached in steps of 0.1";
  EXPECT_EQ(result.epochs, result.best_epoch + 5);
  EXPECT_EQ(reports_.size(), static_cast<std::size_t>(result.epochs));
  EXPECT_NEAR(model_.value(), 1, 0.1);
  EXPECT_EQ(result.best.value, std::abs(static_cast<double>(model_.value()) - 1));
  EXPECT_FALSE(result.interrupted);
}

TEST_F(TrainerTest, ReportsTheErrorsOfEachEpoch) {
  config_.epochs = 3;
  run(trainer(10, 20));
  ASSERT_EQ(reports_.size(), 3u);
  EXPECT_EQ(reports_[0].epoch, 1);
  EXPECT_EQ(reports_[0].loss(), 100) << "of the weights before the step";
  EXPECT_EQ(reports_[0].training.at(0).value, 10);
  EXPECT_NEAR(reports_[0].validation.at(0).value, 19.9, 1e-4) << "of the weights after it";
  EXPECT_TRUE(reports_[2].best);
  EXPECT_LT(reports_[2].validation.at(0).value, reports_[1].validation.at(0).value);
}

// Errors of 10, 9.9, 9.8 ...: the loss falls by 1.99, 1.97, 1.95 ... from epoch to epoch.
TEST_F(TrainerTest, AThresholdStopsWhereTheLossHardlyChangesAndKeepsTheLastEpoch) {
  config_.threshold = 1.9;
  config_.patience = 2;
  const TrainResult result = run(trainer(10, 0.2F));
  EXPECT_NEAR(result.epochs, 7, 1) << "patience is not asked";
  EXPECT_TRUE(result.settled);
  EXPECT_EQ(result.best_epoch, result.epochs);
  EXPECT_NEAR(model_.value(), 0.1 * result.epochs, 0.01);
  const double before = reports_.at(reports_.size() - 2).loss();
  EXPECT_LE(before - reports_.back().loss(), 1.9);
  EXPECT_GT(reports_.at(reports_.size() - 3).loss() - before, 1.9);
}

TEST_F(TrainerTest, AThresholdGoesOnWhereItWasStopped) {
  config_.threshold = 1.9;
  const TrainResult whole = run(trainer(10, 0.2F));
  const testing::TemporaryFolder folder;
  for (std::size_t stop = 1; stop < static_cast<std::size_t>(whole.epochs); ++stop) {
    reports_.clear();
    model_.value() = 0;
    stop_after_ = stop;
    Trainer first = trainer(10, 0.2F);
    first.run({.epoch = [this](const EpochReport& report) { reports_.push_back(report); },
               .should_continue = [this] { return reports_.size() != stop_after_; }});
    const auto stored = folder / std::to_string(stop);
    write_checkpoint(stored, first.checkpoint());
    stop_after_ = 0;
    Trainer second = trainer(10, 0.2F);
    second.restore(StoredCheckpoint::open(stored), 0);
    EXPECT_EQ(second.run({}).epochs, whole.epochs) << stop;
  }
}

TEST_F(TrainerTest, ZeroPatienceNeverStopsEarly) {
  config_.patience = 0;
  EXPECT_EQ(run(trainer(10, 0)).epochs, 100);
}

TEST_F(TrainerTest, TheFirstOfEqualEpochsIsTheBest) {
  min_ = 5, max_ = 6;  // all predictions become 5
  const TrainResult result = run(trainer(-4, 5));
  EXPECT_EQ(result.best_epoch, 1);
  EXPECT_EQ(result.epochs, 6);
}

TEST_F(TrainerTest, PatienceWaitsWhileRawPredictionsApproachTheirRange) {
  min_ = 5, max_ = 9;  // reached after 50 steps of 0.1; until then every prediction is 5
  config_.epochs = 200;
  const TrainResult result = run(trainer(8, 7));
  EXPECT_GT(result.best_epoch, 50);
  EXPECT_LT(result.best.value, 0.1);
}

TEST_F(TrainerTest, AStepThatMakesPredictionsInfiniteIsNoBestEpoch) {
  config_.optimizer = AdamConfig{.learning_rate = 1e39};
  Trainer broken = trainer(10, 20);
  EXPECT_THAT(testing::message_of<NonFiniteError>([&] { broken.run({}); }),
              HasSubstr("epoch 1: the step made the predictions infinite"));
  EXPECT_FALSE(broken.restore_best());
}

TEST_F(TrainerTest, StopsOnRequestAfterTheEpoch) {
  stop_after_ = 4;
  const TrainResult result = run(trainer(10, 0));
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.epochs, 4);
  EXPECT_EQ(result.best_epoch, 1);
  EXPECT_NEAR(model_.value(), 0.1, 1e-3) << "the best weights, not the last";
}

TEST_F(TrainerTest, AnInfiniteLossLeavesTheWeights) {
  Trainer broken = trainer(std::numeric_limits<float>::infinity(), 1);
  model_.value() = 3;
  EXPECT_THAT(testing::message_of<NonFiniteError>([&] { broken.run({}); }),
              ::testing::AllOf(HasSubstr("epoch 1: the loss"), HasSubstr("learning_rate")));
  EXPECT_EQ(model_.value(), 3);
  EXPECT_FALSE(broken.restore_best());
}

TEST_F(TrainerTest, AnInfiniteGradientLeavesTheLastFiniteStep) {
  Trainer broken = trainer(10, 20);
  float before = 0;
  const auto spoil = [&](const EpochReport& report) {
    before = model_.value();
    // The gradient is twice the error: beyond float's range, while the loss is summed in double.
    if (report.epoch == 2) train_.values().span<float>()[0] = 3e38f;
  };
  EXPECT_THAT(testing::message_of<NonFiniteError>([&] {
                broken.run({spoil, nullptr});
              }),
              HasSubstr("epoch 3: the gradient of bias"));
  EXPECT_EQ(model_.value(), before);
  EXPECT_TRUE(broken.restore_best());
  EXPECT_EQ(model_.value(), before) << "epoch 2 was the best";
}

TEST_F(TrainerTest, WithoutScoresTheLastEpochIsTheBest) {
  config_.epochs = 7;
  train_ = one_rating(10);
  rows_ = testing::rows_of(train_);
  Trainer unjudged(context_, model_, config_, rows_, {}, 0);
  float last = 0;
  const TrainResult result = unjudged.run({[&](const EpochReport& report) {
                                             EXPECT_TRUE(report.best);
                                             EXPECT_TRUE(report.validation.empty());
                                             last = model_.value();
                                           },
                                           nullptr});
  EXPECT_EQ(result.best_epoch, 7) << "patience has nothing to watch";
  EXPECT_EQ(model_.value(), last);
}

}  // namespace
}  // namespace lacuna
