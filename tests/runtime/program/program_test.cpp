#include "runtime/program/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "models/autorec.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::ElementsAre;

TEST(Program, ReplaysForwardsAndBackwards) {
  DeviceContext context = testing::cpu_context();
  Program<float> program(context, {1, 1});
  std::vector<int> calls;
  const auto call = [&](int number) {
    return [&, number](const ExecContext&) { calls.push_back(number); };
  };
  program.record(call(1), call(-1));
  program.record(call(2));
  program.record(call(3), call(-3));
  program.forward();
  program.backward();
  program.forward();
  EXPECT_THAT(calls, ElementsAre(1, 2, 3, -3, -1, 1, 2, 3));
}

TEST(Program, AVariableHasOneConsumer) {
  DeviceContext context = testing::cpu_context();
  Program<float> program(context, {4, 1});
  const Variable first = program.variable(3);
  const Variable second = program.variable(3);
  EXPECT_EQ(first.value.shape(), (Shape{4, 3}));
  program.consume(first);
  program.consume(second);
  EXPECT_THROW(program.consume(first), std::logic_error);
}

/// One term of a weight gradient over a matrix.
struct Term {
  Term(DeviceContext& context, const CsrMatrix<double>& matrix, double scale)
      : source(Tensor::zeros(context.pool(), DType::f64, {matrix.rows(), 2})),
        gradient(Tensor::zeros(context.pool(), DType::f64, {matrix.cols(), 2})) {
    std::ranges::fill(source.span<double>(), scale);
  }
  GatherTerm<double> of(const CsrMatrix<double>& matrix) const {
    return {.coefficient = matrix.view().value,
            .source = source.matrix<double>(),
            .gradient = gradient.matrix<double>()};
  }
  /// What the gradient must be: for each column `scale` times the sum of its values.
  void check(const CsrMatrix<double>& matrix, double scale) const {
    std::vector<double> sums(static_cast<std::size_t>(matrix.cols()));
    for (std::int64_t e = 0; e < matrix.nnz(); ++e) {
      sums[static_cast<std::size_t>(matrix.view().col[e])] += matrix.view().value[e];
    }
    for (std::size_t c = 0; c < sums.size(); ++c) {
      EXPECT_NEAR(gradient.span<double>()[2 * c], scale * sums[c], 1e-12);
      EXPECT_NEAR(gradient.span<double>()[2 * c + 1], scale * sums[c], 1e-12);
    }
  }
  Tensor source;
  Tensor gradient;
};

TEST(Program, GathersEachWeightGradientOverItsOwnMatrix) {
  DeviceContext context = testing::cpu_context();
  const auto a = testing::random_csr<double>(context, 9, 7, 0.4, 1);
  const auto b = testing::random_csr<double>(context, 9, 5, 0.6, 2);
  const Term first(context, a, 2), other(context, b, 3), second(context, a, 5);
  Program<double> program(context, {9, a.nnz()});
  program.record([](const ExecContext&) {},
                 [&](const ExecContext&) {
                   program.gather_gradient(a, first.of(a));
                   program.gather_gradient(b, other.of(b));
                   program.gather_gradient(a, second.of(a));
                 });
  for (int replay = 0; replay < 2; ++replay) {
    program.forward();
    program.backward();
    first.check(a, 2);
    other.check(b, 3);
    second.check(a, 5);
  }
}

/// The gradients of an AutoRec on `rows` rows by a program recorded for `capacity` of them.
std::vector<std::vector<float>> gradients(std::int64_t rows, BatchCapacity capacity) {
  DeviceContext context = testing::cpu_context();
  const auto ratings = testing::random_csr<float>(context, rows, 20, 0.5, 4);
  models::AutoRecConfig config;
  config.hidden_units = 6;
  models::AutoRec<float> model(context, config, {20, 10}, 1);
  Program<float> program(context, capacity);
  const Batch<float> batch{rows, &ratings, &ratings};
  model.record_loss(program, batch);
  program.forward();
  program.backward();
  std::vector<std::vector<float>> all;
  for (const Parameter* parameter : model.parameters()) {
    const auto gradient = parameter->gradient.span<float>();
    all.emplace_back(gradient.begin(), gradient.end());
  }
  return all;
}

TEST(Program, RecordedForMoreRowsGivesTheSameBits) {
  EXPECT_EQ(gradients(40, {40, 40 * 20}), gradients(40, {100, 100 * 20}));
}

}  // namespace
}  // namespace lacuna
