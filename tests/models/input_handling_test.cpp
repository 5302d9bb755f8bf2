#include "models/input_handling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"

namespace lacuna::models {
namespace {

using ::testing::ElementsAre;

/// Rows 1 - - and 2 4 8, or without holes.
class InputHandlingTest : public ::testing::Test {
 protected:
  std::vector<double> seen(const InputHandling& handling, bool holes = true) {
    Batch batch(2);
    Program program(context_, DType::f64, batch, Gradients::no);
    const std::vector<double> x{1, 0, 0, 2, 4, 8}, mask{1, 0, 0, 1, 1, 1};
    const DenseField field{tensor(x), holes ? tensor(mask) : Tensor()};
    const Variable out = record_input(program, field, handling, {.columns = 3, .mean_count = 2}, 5);
    program.forward();
    EXPECT_EQ(out.columns(), input_columns(handling, {.columns = 3}));
    return out.tensor().to_host<double>();
  }

 private:
  Tensor tensor(const std::vector<double>& values) {
    Tensor made = Tensor::zeros(context_.pool(), DType::f64, {2, 3});
    std::ranges::copy(values, made.span<double>().begin());
    return made;
  }

  DeviceContext context_ = testing::cpu_context();
};

TEST_F(InputHandlingTest, IndicatorsMayStandBesideNormalizedEntries) {
  EXPECT_THAT(
      seen(Indicators{.of = IndicatorsOf::missing, .normalize = SparsityNormalized{.k = 6.0}}),
      ElementsAre(6, 0, 0, 0, 1, 1, 4, 8, 16, 0, 0, 0));
  EXPECT_THAT(seen(Indicators{.normalize = SparsityNormalized{}}),
              ElementsAre(2, 0, 0, 1, 0, 0, 4. / 3, 8. / 3, 16. / 3, 1, 1, 1));
  EXPECT_THAT(seen(Indicators{}), ElementsAre(1, 0, 0, 1, 0, 0, 2, 4, 8, 1, 1, 1));
}

TEST_F(InputHandlingTest, WithoutHolesTheCountIsThatOfAllColumns) {
  const Indicators indicators{.of = IndicatorsOf::missing,
                              .normalize = SparsityNormalized{.k = 6.0}};
  EXPECT_THAT(seen(indicators, false), ElementsAre(2, 0, 0, 0, 0, 0, 4, 8, 16, 0, 0, 0));
  Indicators by_value = indicators;
  by_value.normalize->count_by = CountBy::non_zeros;
  EXPECT_THAT(seen(by_value, false), ElementsAre(6, 0, 0, 0, 0, 0, 4, 8, 16, 0, 0, 0));
}

}  // namespace
}  // namespace lacuna::models
