#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "kernels/dense/random_fill.hpp"
#include "runtime/layers/layers.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

/// Appendix A.5 of *Sparsity Normalization* (v1): with ReLU and biases of 0 the first layer's
/// active units are the same with SN and without, since a row's scale is positive. The networks of
/// this library begin with other biases, so for them the claim is none about their initial state.
namespace lacuna {
namespace {

constexpr std::int64_t rows = 40, inputs = 30, units = 50;

class SparsityPattern : public ::testing::Test {
 protected:
  SparsityPattern() { fill_normal<double>(context_.exec(), {.stream = {1, 40}, .x = weight()}); }

  std::span<double> weight() { return layer_.weight().value.span<double>(); }

  /// Of each row and unit, 1 where it is active.
  std::vector<double> active(const SparsityNormalization& normalization) {
    Batch batch(rows);
    Program program(context_, DType::f64, batch, Gradients::no);
    const SparseField field{
        .rows = SparseRows<double>{.by_row = x_.view<double>(), .by_column = {}},
        .columns = inputs,
        .most_entries = x_.nnz()};
    const Variable h = layer_.record(program, field, normalization, Activation::relu);
    program.forward();
    std::vector<double> pattern;
    for (const double value : h.tensor().span<double>()) pattern.push_back(value > 0 ? 1 : 0);
    return pattern;
  }

  DeviceContext context_ = testing::cpu_context();
  CsrMatrix x_ = testing::random_csr(context_, rows, inputs, 0.8, 3, DType::f64);
  Linear layer_{context_, DType::f64, "first", inputs, units};
};

TEST_F(SparsityPattern, IsTheSameWithSnWhereBiasesAreZero) {
  const std::vector<double> without = active({});
  const auto share = std::ranges::count(without, 1.0);
  ASSERT_GT(share, rows * units / 4);
  ASSERT_LT(share, rows * units * 3 / 4);
  for (const CountBy by : {CountBy::mask, CountBy::non_zeros}) {
    EXPECT_EQ(active({.k = 1, .count_by = by}), without);
  }
}

TEST_F(SparsityPattern, IsAnotherWhereTheyAreNot) {
  std::ranges::fill(layer_.bias().value.span<double>(), 1.0);
  EXPECT_NE(active({.k = 1}), active({}));
}

}  // namespace
}  // namespace lacuna
