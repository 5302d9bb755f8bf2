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

/// The gradients of an AutoRec on `rows` rows by a program recorded for `capacity` of them.
std::vector<std::vector<float>> gradients(std::int64_t rows, BatchCapacity capacity) {
  DeviceContext context = testing::cpu_context();
  const auto ratings = testing::random_csr<float>(context, rows, 20, 0.5, 4);
  models::AutoRecConfig config;
  config.hidden_units = 6;
  models::AutoRec<float> model(context, config, {20, 10}, 1);
  Program<float> program(context, capacity);
  const testing::WholeBatch<float> whole(context, ratings);
  model.record_loss(program, whole.batch);
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
  EXPECT_EQ(gradients(137, {137, 137 * 20}), gradients(137, {1000, 1000 * 20}));
}

}  // namespace
}  // namespace lacuna
