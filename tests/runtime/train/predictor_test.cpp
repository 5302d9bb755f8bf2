#include "runtime/train/predictor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::Each;

TEST(Predictor, ClipsItsPredictions) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context, 7);
  const auto cells = testing::random_csr<float>(context, 6, 5, 0.5, 1);
  Predictor predictor(context, model, {6, cells.nnz()});
  EXPECT_THAT(predictor.predict(cells, cells, {}), Each(7.0f));
  EXPECT_THAT(predictor.predict(cells, cells, {1, 5}), Each(5.0f));
  EXPECT_THAT(predictor.predict(cells, cells, {8, 9}), Each(8.0f));
}

TEST(PredictionRule, ColdPairsGetTheirOwnValueUnclipped) {
  const std::vector<std::uint8_t> warm{1, 0, 1};
  std::vector<float> prediction{9, 9, 2};
  apply_rule({.min = 3, .max = 5, .cold = 1.5, .warm = warm}, prediction);
  EXPECT_THAT(prediction, ::testing::ElementsAre(5, 1.5, 3));
  prediction = {9, 9, 2};
  apply_rule({.min = 3, .max = 5, .warm = warm}, prediction);
  EXPECT_THAT(prediction, ::testing::ElementsAre(5, 5, 3)) << "without a cold value";
}

TEST(Predictor, RefusesWhatItWasNotRecordedFor) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context);
  const auto cells = testing::random_csr<float>(context, 6, 5, 0.5, 1);
  const auto more_rows = testing::random_csr<float>(context, 7, 5, 0.9, 1);
  const auto more_cells = testing::random_csr<float>(context, 6, 5, 0, 1);
  Predictor predictor(context, model, {6, cells.nnz()});
  EXPECT_THROW(predictor.predict(more_rows, more_rows, {}), std::logic_error);
  EXPECT_THROW(predictor.predict(cells, more_cells, {}), std::logic_error);
  EXPECT_THROW(predictor.predict(cells, more_rows, {}), std::logic_error);
}

}  // namespace
}  // namespace lacuna
