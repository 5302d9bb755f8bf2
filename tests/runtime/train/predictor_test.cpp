#include "runtime/train/predictor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bias_model.hpp"
#include "tests/support/context.hpp"
#include "tests/support/count_model.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

TEST(Predictor, CoversMoreRowsThanItsProgramHolds) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix input = testing::random_csr(context, 20000, 5, 0.5, 1);
  const CsrMatrix cells = testing::random_csr(context, 20000, 5, 0.7, 2);
  testing::CountModel model;
  Predictor predictor(context, model, testing::rows_of(input, cells));
  const auto prediction = predictor.predict();
  ASSERT_EQ(prediction.size(), static_cast<std::size_t>(cells.nnz()));
  const CsrView<float> of = cells.view<float>();
  for (std::int64_t r = 0; r < 20000; ++r) {
    for (std::int64_t e = of.row_ptr[r]; e < of.row_ptr[r + 1]; ++e) {
      ASSERT_EQ(prediction[static_cast<std::size_t>(e)],
                static_cast<float>(input.length(r) + of.col[e]));
    }
  }
}

/// A number a row, the batch's rows, by a program that takes 80 MB whatever its rows.
class LargeModel : public Model {
 public:
  std::vector<Parameter*> parameters() override { return {}; }
  std::unique_ptr<Learner> learner(const Training&) override {
    throw std::logic_error("it does not learn");
  }
  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program& program, Output) override {
    program.buffer({20'000'000});
    const Variable rows = program.rows({1});
    program.record("rows", [&batch = program.batch(), rows](const ExecContext&) {
      for (float& x : rows.tensor().span<float>()) x = static_cast<float>(batch.rows);
    });
    return rows;
  }
};

TEST(Predictor, TakesFewerRowsAtATimeWhereTheyTakeMuchMemory) {
  DeviceContext context = testing::cpu_context();
  LargeModel model;
  Predictor predictor(context, model, testing::rows_of(testing::random_csr(context, 8, 5, 0.5, 1)));
  const auto prediction = predictor.predict();
  EXPECT_EQ(std::vector<float>(prediction.begin(), prediction.end()),
            (std::vector<float>{3, 3, 3, 3, 3, 3, 2, 2}));
}

TEST(Predictor, PredictsWithTheWeightsOfNow) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context, 2);
  const CsrMatrix cells = testing::random_csr(context, 6, 5, 0.5, 1);
  Predictor predictor(context, model, testing::rows_of(cells));
  for (const float value : {2.0f, 7.0f}) {
    model.value() = value;
    EXPECT_THAT(predictor.predict(), ::testing::Each(value));
  }
}

TEST(Predictor, RefusesFieldsThatDifferInTheirRows) {
  DeviceContext context = testing::cpu_context();
  testing::BiasModel model(context);
  const CsrMatrix cells = testing::random_csr(context, 6, 5, 0.5, 1);
  const CsrMatrix more_rows = testing::random_csr(context, 7, 5, 0.9, 1);
  EXPECT_THROW(Predictor(context, model, testing::rows_of(cells, more_rows)), std::logic_error);
}

}  // namespace
}  // namespace lacuna
