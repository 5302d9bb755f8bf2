#include <gtest/gtest.h>

#include <cmath>

#include "models/autorec.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"
#include "tests/support/still_steps.hpp"

namespace lacuna {
namespace {

std::unique_ptr<Model> model(DeviceContext& context, std::int64_t columns, DType dtype) {
  models::AutoRecConfig config;
  config.hidden_units = 6;
  return models::make_model(context, config, {.columns = columns, .mean_count = 6, .dtype = dtype},
                            1);
}

/// The gradients of an AutoRec summed over the batches of an epoch, and its loss.
std::vector<std::vector<double>> summed_gradients(std::int64_t batch_rows) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix ratings = testing::random_csr(context, 137, 30, 0.8, 4, DType::f64);
  const auto autorec = model(context, 30, DType::f64);
  Batches batches(context, DType::f64, testing::rows_of(ratings), RowOrder(137, batch_rows, 5));
  testing::StillSteps steps(context, *autorec, batches.batch());
  std::vector<std::vector<double>> sums(autorec->parameters().size());
  double loss = 0;
  batches.start_epoch(1);
  for (std::int64_t b = 0; b < batches.count(); ++b) {
    loss += steps.run(context.exec(), batches, b);
    const auto gradients = steps.gradients<double>();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i].resize(gradients[i].size());
      for (std::size_t k = 0; k < sums[i].size(); ++k) sums[i][k] += gradients[i][k];
    }
  }
  sums.push_back({loss});
  return sums;
}

TEST(MiniBatches, GradientsOfAnEpochSumToTheFullBatchs) {
  const auto whole = summed_gradients(0);
  for (const std::int64_t batch_rows : {1, 10, 100}) {
    const auto summed = summed_gradients(batch_rows);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      double largest = 0;
      for (const double g : whole[i]) largest = std::max(largest, std::abs(g));
      for (std::size_t k = 0; k < whole[i].size(); ++k) {
        ASSERT_NEAR(summed[i][k], whole[i][k], 1e-12 * largest) << batch_rows << " rows, " << i;
      }
    }
  }
}

TEST(MiniBatches, APartialBatchAfterAFullOneHasTheBitsOfItsOwnProgram) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix ratings = testing::random_csr(context, 637, 40, 0.7, 4);
  const auto autorec = model(context, 40, DType::f32);
  Batches batches(context, DType::f32, testing::rows_of(ratings), RowOrder(637, 500, 5));
  std::vector<std::vector<float>> after_a_full_one;
  {
    testing::StillSteps steps(context, *autorec, batches.batch());
    batches.start_epoch(1);
    for (const std::int64_t b : {0, 1}) steps.run(context.exec(), batches, b);
    after_a_full_one = steps.gradients<float>();
  }
  Batch own(137);  // the same rows
  for (const char* name : {"input", "target"}) {
    SparseField field = batches.batch().get<SparseField>(name);
    field.most_entries = std::int64_t{137} * 40;
    own.add(name, field);
  }
  testing::StillSteps steps(context, *autorec, own);
  steps.run();
  EXPECT_EQ(steps.gradients<float>(), after_a_full_one);
}

}  // namespace
}  // namespace lacuna
