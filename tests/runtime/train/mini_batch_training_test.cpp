#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/tasks/rating_prediction/prediction_rule.hpp"
#include "models/autorec.hpp"
#include "runtime/train/row_batches.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

constexpr std::uint64_t seed = 7;

/// 45 rows in five batches of at most ten.
class MiniBatchTraining : public ::testing::Test {
 protected:
  models::AutoRec<float> model() {
    models::AutoRecConfig config;
    config.hidden_units = 6;
    return {context_, config, {12, 5}, 1};
  }

  TrainResult run(models::AutoRec<float>& model, const TrainHooks& hooks) {
    return Trainer(context_, model, config_, train_,
                   experiments::validate_by_rmse(context_, model, train_, validation_), seed)
        .run(hooks);
  }

  static std::vector<std::vector<float>> weights_of(models::AutoRec<float>& model) {
    std::vector<std::vector<float>> all;
    for (const Parameter* parameter : model.parameters()) {
      const auto value = parameter->value.span<float>();
      all.emplace_back(value.begin(), value.end());
    }
    return all;
  }

  DeviceContext context_ = testing::cpu_context();
  CsrMatrix<float> train_ = testing::random_csr<float>(context_, 45, 12, 0.6, 3);
  CsrMatrix<float> validation_ = testing::random_csr<float>(context_, 45, 12, 0.9, 4);
  TrainConfig config_{.epochs = 1,
                      .patience = 0,
                      .batch_size = 10,
                      .optimizer = SgdConfig{.learning_rate = 1e-3, .momentum = 0},
                      .schedule = {},
                      .l2 = {.lambda = 3, .on = {}}};
};

TEST_F(MiniBatchTraining, AnEpochIsAStepPerBatchWithItsShareOfThePenalty) {
  models::AutoRec<float> by_hand = model();
  RowBatches<float> batches(context_, train_, 10, seed);
  Program<float> program(context_, batches.capacity());
  Batch<float> batch;
  by_hand.record_loss(program, batch);
  batches.start_epoch(1);
  double loss = 0;
  for (std::int64_t b = 0; b < batches.count(); ++b) {
    const SparseRows<float> rows = batches.batch(b);
    batch = {rows.by_row.rows, rows, rows};
    program.forward();
    program.backward();
    loss += program.loss();
    const float lambda = 3.0f * static_cast<float>(batch.rows) / 45;
    for (Parameter* parameter : by_hand.parameters()) {
      const float l2 = parameter->kind == ParameterKind::weight ? lambda : 0;
      const auto gradient = parameter->gradient.span<float>();
      const auto value = parameter->value.span<float>();
      for (std::size_t i = 0; i < value.size(); ++i) {
        value[i] -= 1e-3f * (gradient[i] + l2 * value[i]);
      }
    }
  }

  models::AutoRec<float> trained = model();
  std::vector<EpochReport> reports;
  run(trained, {[&](const EpochReport& report) { reports.push_back(report); }, nullptr});
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_NEAR(reports[0].loss(), loss, 1e-5 * loss);
  EXPECT_NEAR(reports[0].training.at(0).value, std::sqrt(loss / static_cast<double>(train_.nnz())),
              1e-5);
  for (std::size_t p = 0; p < 4; ++p) {
    const auto expected = by_hand.parameters()[p]->value.span<float>();
    const auto actual = trained.parameters()[p]->value.span<float>();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_NEAR(actual[i], expected[i], 1e-6) << trained.parameters()[p]->name;
    }
  }
}

TEST_F(MiniBatchTraining, AStopWithinTheFirstEpochLeavesNothingToKeep) {
  models::AutoRec<float> trained = model();
  int epochs = 0;
  const TrainResult result =
      run(trained, {[&](const EpochReport&) { ++epochs; }, [] { return false; }});
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.epochs, 0);
  EXPECT_EQ(result.best_epoch, 0);
  EXPECT_TRUE(std::isnan(result.best.value));
  EXPECT_EQ(epochs, 0);
}

TEST_F(MiniBatchTraining, AStopWithinALaterEpochKeepsTheBestBeforeIt) {
  models::AutoRec<float> once = model();
  run(once, {});
  config_.epochs = 9;
  models::AutoRec<float> stopped = model();
  int epochs = 0;
  const TrainResult result =
      run(stopped, {[&](const EpochReport&) { ++epochs; },
                    [&, asked = 0]() mutable { return epochs != 1 || ++asked != 3; }});
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.epochs, 1);
  EXPECT_EQ(weights_of(stopped), weights_of(once));
}

}  // namespace
}  // namespace lacuna
