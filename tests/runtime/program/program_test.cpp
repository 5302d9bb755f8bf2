#include "runtime/program/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "models/autorec.hpp"
#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::ElementsAre;

class ProgramTest : public ::testing::Test {
 protected:
  DeviceContext context_ = testing::cpu_context();
  Batch batch_{4};
  NoSync sync_;
};

TEST_F(ProgramTest, ReplaysForwardsAndBackwards) {
  Program program(context_, DType::f32, batch_);
  Parameter parameter = make_parameter(context_, DType::f32, "p", ParameterKind::bias, {3});
  const GradientArena arena(context_, {&parameter});
  std::vector<int> calls;
  const auto call = [&](int number) {
    return [&, number](const ExecContext&) { calls.push_back(number); };
  };
  program.share(program.of(parameter));
  const Variable first = program.rows({3});
  program.record("first", call(1), call(-1));
  program.share(first);
  const Variable second = program.rows({3});
  program.record("second", call(2));
  program.share(second);
  program.record("loss", call(3), call(-3));
  program.forward();
  program.backward(sync_);
  program.forward();
  EXPECT_THAT(calls, ElementsAre(1, 2, 3, -3, -1, 1, 2, 3));
}

TEST_F(ProgramTest, OneOtherProgramGoesOnWithItsGradients) {
  Program made(context_, DType::f32, batch_);
  Parameter parameter = make_parameter(context_, DType::f32, "p", ParameterKind::bias, {3});
  const Variable value =
      ops::bias(made, made.input(made.buffer({4, 3})), made.of(parameter), Activation::identity);
  Program reader(context_, DType::f32, batch_);
  reader.share(value);
  EXPECT_NO_THROW(reader.share(value)) << "the same reader again";
  Program second(context_, DType::f32, batch_);
  EXPECT_THROW(second.share(value), std::logic_error);
  EXPECT_NO_THROW(second.share(second.detached(value)));
  Program sealed(context_, DType::f32, batch_);
  const Variable early = sealed.rows({3});
  sealed.seal();
  EXPECT_THROW(second.share(early), std::logic_error);
}

TEST_F(ProgramTest, ShapesThatDoNotFitAreNamed) {
  Program program(context_, DType::f32, batch_);
  const Variable x = program.input(program.buffer({4, 3}));
  const Variable w = program.input(program.buffer({2, 5}), Extent::whole);
  try {
    ops::linear(program, x, w, {}, Activation::identity);
    FAIL() << "3 columns by 2 rows of weights";
  } catch (const std::logic_error& error) {
    EXPECT_STREQ(error.what(), "linear: 3 columns of rows, 2 wanted");
  }
  EXPECT_THROW(ops::bias(program, x, w, Activation::identity), std::logic_error);
  EXPECT_THROW(ops::softmax(program, x), std::logic_error) << "it has no gradient";
}

TEST_F(ProgramTest, WhatNoParameterOrNoLossNeedsGoesForwardOnly) {
  Program program(context_, DType::f32, batch_);
  Parameter parameter = make_parameter(context_, DType::f32, "p", ParameterKind::bias, {3});
  const GradientArena arena(context_, {&parameter});
  std::vector<int> calls;
  const auto call = [&](int number) {
    return [&, number](const ExecContext&) { calls.push_back(number); };
  };
  program.share(program.input(program.buffer({4, 3})));
  const Variable of_data = program.rows({3});
  program.record("of_data", call(1), call(-1));
  program.share(program.of(parameter));
  const Variable unused = program.rows({3});
  program.record("unused", call(2), call(-2));
  const GradientShare share = program.share(of_data);
  program.record("loss", call(3), call(-3));
  program.forward();
  program.backward(sync_);
  EXPECT_THAT(calls, ElementsAre(1, 2, 3));
  EXPECT_FALSE(share.wanted());
  EXPECT_FALSE(unused.has_gradient());
}

TEST_F(ProgramTest, GradientsThatAreNeverAliveTogetherShareMemory) {
  Program program(context_, DType::f32, batch_);
  Parameter weight = make_parameter(context_, DType::f32, "w", ParameterKind::weight, {8, 8});
  const GradientArena arena(context_, {&weight});
  const DenseField target{program.buffer({4, 8}), {}};
  Variable x = program.input(program.buffer({4, 8}));
  std::vector<Variable> layers;
  for (int i = 0; i < 6; ++i) {
    x = ops::linear(program, x, program.of(weight), {}, Activation::sigmoid);
    layers.push_back(x);
  }
  ops::squared_error(program, program.loss("loss"), x, target, nullptr);
  program.seal();
  std::set<float*> places;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    float* place = layers[i].gradient<float>().data;
    if (i > 0) {
      EXPECT_NE(place, layers[i - 1].gradient<float>().data) << "one is made of the other";
    }
    places.insert(place);
  }
  EXPECT_EQ(places.size(), 2u);
}

TEST_F(ProgramTest, TellsWhenAParametersGradientIsWhole) {
  struct Sync : GradientSync {
    void ready(const Parameter& parameter) override { names.push_back(parameter.name); }
    void finish() override {}
    std::vector<std::string> names;
  } sync;
  Program program(context_, DType::f32, batch_);
  Parameter shared = make_parameter(context_, DType::f32, "shared", ParameterKind::weight, {3, 3});
  Parameter last = make_parameter(context_, DType::f32, "last", ParameterKind::weight, {3, 3});
  const GradientArena arena(context_, {&shared, &last});
  const DenseField target{program.buffer({4, 3}), {}};
  Variable x = program.input(program.buffer({4, 3}));
  for (const Parameter* weight : {&shared, &shared, &last}) {
    x = ops::linear(program, x, program.of(*weight), {}, Activation::tanh);
  }
  ops::squared_error(program, program.loss("loss"), x, target, nullptr);
  program.forward();
  program.backward(sync);
  EXPECT_THAT(sync.names, ElementsAre("last", "shared"));
}

TEST_F(ProgramTest, RefusesWhatWouldGoUnnoticed) {
  Program program(context_, DType::f32, batch_);
  Parameter weight = make_parameter(context_, DType::f32, "w", ParameterKind::weight, {3, 3});
  program.of(weight);
  EXPECT_THROW(program.freeze(std::vector{&weight}), std::logic_error) << "it is in use";
  program.loss("loss");
  EXPECT_THROW(program.loss("loss"), std::logic_error);
  program.seal();
  EXPECT_THROW(program.rows({3}), std::logic_error) << "after the end of recording";
}

/// The gradients of an AutoRec on `rows` rows by a program recorded for `capacity` of them.
std::vector<std::vector<float>> gradients(std::int64_t capacity) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix ratings = testing::random_csr(context, 137, 20, 0.5, 4);
  models::AutoRecConfig config;
  config.hidden_units = 6;
  const auto model = models::make_model(context, config, {.columns = 20, .mean_count = 10}, 1);
  const GradientArena arena(context, model->parameters());
  const testing::WholeBatch whole(context, testing::rows_of(ratings));
  Batch larger(capacity);
  larger.rows = 137;
  for (const char* name : {"input", "target"}) {
    SparseField field = whole.batch().get<SparseField>(name);
    field.most_entries = capacity * 20;
    larger.add(name, field);
  }
  TrainingClock clock(context.pool(), Program::most_terms);
  NoSync sync;
  const TrainConfig train;
  const auto learner = model->learner({context, train, larger, clock, sync, 0});
  learner->put_step(clock.input());
  std::vector<std::vector<float>> all;
  for (const Parameter* parameter : model->parameters()) {
    all.push_back(parameter->gradient.to_host<float>());
  }
  return all;
}

TEST(Program, RecordedForMoreRowsGivesTheSameBits) {
  EXPECT_EQ(gradients(137), gradients(1000));
}

}  // namespace
}  // namespace lacuna
