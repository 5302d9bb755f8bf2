#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/autorec.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"
#include "tests/support/still_steps.hpp"

namespace lacuna {
namespace {

constexpr std::uint64_t seed = 7;

/// 45 rows in five batches of at most ten.
class MiniBatchTraining : public ::testing::Test {
 protected:
  std::unique_ptr<Model> model() {
    models::AutoRecConfig config;
    config.hidden_units = 6;
    return models::make_model(context_, config, {.columns = 12, .mean_count = 5}, 1);
  }

  TrainResult run(Model& model, const TrainHooks& hooks) {
    return Trainer(context_, model, config_, rows_,
                   testing::rmse_of(context_, model, train_, validation_), seed)
        .run(hooks);
  }

  static std::vector<std::vector<float>> weights_of(Model& model) {
    std::vector<std::vector<float>> all;
    for (const Parameter* parameter : model.parameters()) {
      all.push_back(parameter->value.to_host<float>());
    }
    return all;
  }

  DeviceContext context_ = testing::cpu_context();
  CsrMatrix train_ = testing::random_csr(context_, 45, 12, 0.6, 3);
  CsrMatrix validation_ = testing::random_csr(context_, 45, 12, 0.9, 4);
  DeviceRows rows_ = testing::rows_of(train_);
  TrainConfig config_{.epochs = 1,
                      .patience = 0,
                      .batch_size = 10,
                      .optimizer = SgdConfig{.learning_rate = 1e-3, .momentum = 0},
                      .schedule = {},
                      .l2 = {.lambda = 3, .on = {}}};
};

TEST_F(MiniBatchTraining, AnEpochIsAStepPerBatchWithItsShareOfThePenalty) {
  const auto by_hand = model();
  Batches batches(context_, DType::f32, rows_, RowOrder(45, 10, seed));
  testing::StillSteps steps(context_, *by_hand, batches.batch());
  batches.start_epoch(1);
  double loss = 0;
  for (std::int64_t b = 0; b < batches.count(); ++b) {
    loss += steps.run(context_.exec(), batches, b);
    const float lambda = 3.0f * static_cast<float>(batches.batch().rows) / 45;
    for (Parameter* parameter : by_hand->parameters()) {
      const float l2 = parameter->kind == ParameterKind::weight ? lambda : 0;
      const auto gradient = parameter->gradient.span<float>();
      const auto value = parameter->value.span<float>();
      for (std::size_t i = 0; i < value.size(); ++i) {
        value[i] -= 1e-3f * (gradient[i] + l2 * value[i]);
      }
    }
  }

  const auto trained = model();
  std::vector<EpochReport> reports;
  run(*trained, {[&](const EpochReport& report) { reports.push_back(report); }, nullptr});
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_NEAR(reports[0].loss(), loss, 1e-5 * loss);
  EXPECT_NEAR(reports[0].training.at(0).value, std::sqrt(loss / static_cast<double>(train_.nnz())),
              1e-5);
  for (std::size_t p = 0; p < 4; ++p) {
    const auto expected = by_hand->parameters()[p]->value.span<float>();
    const auto actual = trained->parameters()[p]->value.span<float>();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_NEAR(actual[i], expected[i], 1e-6) << trained->parameters()[p]->name;
    }
  }
}

TEST_F(MiniBatchTraining, AStopWithinTheFirstEpochLeavesNothingToKeep) {
  const auto trained = model();
  int epochs = 0;
  const TrainResult result =
      run(*trained, {[&](const EpochReport&) { ++epochs; }, [] { return false; }});
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.epochs, 0);
  EXPECT_EQ(result.best_epoch, 0);
  EXPECT_TRUE(std::isnan(result.best.value));
  EXPECT_EQ(epochs, 0);
}

TEST_F(MiniBatchTraining, AStopWithinALaterEpochKeepsTheBestBeforeIt) {
  const auto once = model();
  run(*once, {});
  config_.epochs = 9;
  const auto stopped = model();
  int epochs = 0;
  const TrainResult result =
      run(*stopped, {[&](const EpochReport&) { ++epochs; },
                     [&, asked = 0]() mutable { return epochs != 1 || ++asked != 3; }});
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.epochs, 1);
  EXPECT_EQ(weights_of(*stopped), weights_of(*once));
}

}  // namespace
}  // namespace lacuna
