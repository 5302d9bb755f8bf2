#include "kernels/dense/dropout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "kernels/case_memory.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t cols = 50;

/// The mask of `rows` rows from `first` on at a step, drawn with a rate of 0.25.
std::vector<std::uint8_t> mask_of(std::int64_t first, std::int64_t rows, std::int64_t step,
                                  std::uint32_t purpose = 9) {
  DeviceContext context = testing::cpu_context();
  CaseMemory memory(context.runtime());
  const auto cells = static_cast<std::size_t>(rows * cols);
  std::vector<float> x(cells, 1);
  std::vector<std::uint8_t> mask(cells);
  const std::vector<std::int64_t> steps{step};
  const MatrixView<float> values = memory.matrix(x, rows, cols);
  const Dropout<float> op{.x = values,
                          .rate = 0.25,
                          .stream = {.seed = 3, .purpose = purpose},
                          .step = memory.array(steps),
                          .first_row = first,
                          .y = values,
                          .mask = memory.array(mask)};
  memory.to_device();
  dropout(context.exec(), op);
  memory.to_host();
  return mask;
}

TEST(DropoutMask, KeepsTheShareThatIsAskedFor) {
  const auto mask = mask_of(0, 400, 1);
  const double kept = std::accumulate(mask.begin(), mask.end(), 0.0);
  const double n = static_cast<double>(mask.size());
  EXPECT_NEAR(kept / n, 0.75, 4 * std::sqrt(0.75 * 0.25 / n));
}

TEST(DropoutMask, StepsAndLayersDrawAnew) {
  const auto mask = mask_of(0, 10, 1);
  EXPECT_NE(mask, mask_of(0, 10, 2));
  EXPECT_NE(mask, mask_of(0, 10, 1, 10));
}

TEST(DropoutMask, RowsDrawTheSameWhoeverHasThem) {
  const auto all = mask_of(0, 10, 1);
  const auto rest = mask_of(3, 7, 1);
  EXPECT_TRUE(std::equal(rest.begin(), rest.end(), all.begin() + 3 * cols));
}

TEST(DropoutRate, MustBeBelowOne) {
  DeviceContext context = testing::cpu_context();
  for (const double rate : {-0.1, 1.0, std::nan("")}) {
    Dropout<float> op;
    op.rate = rate;
    EXPECT_THROW(dropout(context.exec(), op), std::invalid_argument) << rate;
  }
}

}  // namespace
}  // namespace lacuna
