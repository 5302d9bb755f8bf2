#include "runtime/train/predictor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/count_model.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::Each;

TEST(Predictor, ClipsItsPredictions) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context, 7);
  const auto cells = testing::random_csr<float>(context, 6, 5, 0.5, 1);
  Predictor predictor(context, model, cells, cells);
  EXPECT_THAT(predictor.predict(), Each(7.0f));
  EXPECT_THAT(predictor.predict({1, 5}), Each(5.0f));
  EXPECT_THAT(predictor.predict({8, 9}), Each(8.0f));
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

TEST(Predictor, CoversMoreRowsThanItsProgramHolds) {
  DeviceContext context = testing::cpu_context();
  const auto input = testing::random_csr<float>(context, 20000, 5, 0.5, 1);
  const auto cells = testing::random_csr<float>(context, 20000, 5, 0.7, 2);
  testing::CountModel model;
  Predictor predictor(context, model, input, cells);
  const auto prediction = predictor.predict();
  ASSERT_EQ(prediction.size(), static_cast<std::size_t>(cells.nnz()));
  for (std::int64_t r = 0; r < 20000; ++r) {
    const auto known = input.view().slice(r, 1).nnz;
    for (std::int64_t e = cells.view().row_ptr[r]; e < cells.view().row_ptr[r + 1]; ++e) {
      ASSERT_EQ(prediction[static_cast<std::size_t>(e)],
                static_cast<float>(known + cells.view().col[e]));
    }
  }
}

TEST(Predictor, RefusesMatricesThatDiffer) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context);
  const auto cells = testing::random_csr<float>(context, 6, 5, 0.5, 1);
  const auto more_rows = testing::random_csr<float>(context, 7, 5, 0.9, 1);
  EXPECT_THROW(Predictor(context, model, cells, more_rows), std::logic_error);
}

}  // namespace
}  // namespace lacuna
