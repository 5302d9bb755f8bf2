#include "runtime/train/predictor.hpp"

#include <gtest/gtest.h>

#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/count_model.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

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
