#include "runtime/optim/optimizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "runtime/error.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna {
namespace {

using ::testing::HasSubstr;

/// A weight and a bias of one element each.
class OptimizerTest : public ::testing::Test {
 protected:
  OptimizerTest() {
    weight_.value.data<double>()[0] = 2;
    bias_.value.data<double>()[0] = -3;
  }

  std::vector<Parameter*> parameters() { return {&weight_, &bias_}; }

  double value_of(L2Penalty& penalty) {
    penalty.measure(context_);
    return penalty.value();
  }

  DeviceContext context_ = testing::cpu_context();
  Parameter weight_ = make_parameter(context_, DType::f64, "w", ParameterKind::weight, {1});
  Parameter bias_ = make_parameter(context_, DType::f64, "b", ParameterKind::bias, {1});
  GradientArena gradients_{context_, parameters()};
  TrainingClock clock_{context_.pool(), 1};
};

TEST_F(OptimizerTest, TakesTheStepsOfThePaper) {
  constexpr double lambda = 0.5;
  const AdamConfig config{.learning_rate = 0.1, .beta1 = 0.8, .beta2 = 0.9, .epsilon = 1e-3};
  const L2Penalty penalty({.lambda = lambda, .on = {}}, parameters());
  Optimizer optimizer(context_, config, parameters(), penalty);
  double expected = 2, m = 0, v = 0;
  for (int step = 1; step <= 5; ++step) {
    const double gradient = 1.0 / step;
    weight_.gradient.data<double>()[0] = gradient;
    optimizer.step(clock_);
    const double g = gradient + lambda * expected;
    m = 0.8 * m + 0.2 * g;
    v = 0.9 * v + 0.1 * g * g;
    expected -=
        0.1 * (m / (1 - std::pow(0.8, step))) / (std::sqrt(v / (1 - std::pow(0.9, step))) + 1e-3);
    EXPECT_NEAR(weight_.value.data<double>()[0], expected, 1e-12) << "step " << step;
  }
  EXPECT_EQ(bias_.value.data<double>()[0], -3) << "no gradient and no penalty";
}

TEST_F(OptimizerTest, SgdWithMomentumTakesItsSteps) {
  const L2Penalty none({}, parameters());
  Optimizer optimizer(context_, SgdConfig{.learning_rate = 0.1, .momentum = 0.5}, parameters(),
                      none);
  weight_.gradient.data<double>()[0] = 1;
  double expected = 2, velocity = 0;
  for (const double rate : {1.0, 1.0, 0.5}) {
    clock_.prepare(context_.exec(), {.rate = rate});
    optimizer.step(clock_);
    velocity = 0.5 * velocity + 1;
    expected -= 0.1 * rate * velocity;
    EXPECT_NEAR(weight_.value.data<double>()[0], expected, 1e-12);
  }
}

TEST_F(OptimizerTest, RMSPropDividesByTheMeanSquare) {
  const L2Penalty none({}, parameters());
  const RMSPropConfig config{.learning_rate = 0.1, .decay = 0.75, .momentum = 0.5, .epsilon = 1e-3};
  Optimizer optimizer(context_, config, parameters(), none);
  double expected = 2, velocity = 0, square = 0;
  for (const double gradient : {1.0, -3.0, 0.5}) {
    weight_.gradient.data<double>()[0] = gradient;
    optimizer.step(clock_);
    square = 0.75 * square + 0.25 * gradient * gradient;
    velocity = 0.5 * velocity + gradient / (std::sqrt(square) + 1e-3);
    expected -= 0.1 * velocity;
    EXPECT_NEAR(weight_.value.data<double>()[0], expected, 1e-12);
  }
}

TEST_F(OptimizerTest, AdaGradsStepsShrink) {
  const L2Penalty none({}, parameters());
  Optimizer optimizer(context_, AdaGradConfig{.learning_rate = 0.1}, parameters(), none);
  weight_.gradient.data<double>()[0] = -3;
  double expected = 2;
  for (int step = 1; step <= 4; ++step) {
    optimizer.step(clock_);
    expected += 0.1 / std::sqrt(step);
    EXPECT_NEAR(weight_.value.data<double>()[0], expected, 1e-9);
  }
}

TEST_F(OptimizerTest, RPropGrowsItsStepWhileTheSignStaysAndShrinksItWhenItTurns) {
  const L2Penalty none({}, parameters());
  Optimizer optimizer(context_, RPropConfig{.learning_rate = 0.1}, parameters(), none);
  const auto after = [&](double gradient) {
    weight_.gradient.data<double>()[0] = gradient;
    optimizer.step(clock_);
    return weight_.value.data<double>()[0];
  };
  EXPECT_NEAR(after(5), 2 - 0.1, 1e-12);
  EXPECT_NEAR(after(0.001), 1.9 - 0.12, 1e-12) << "only the sign counts";
  EXPECT_NEAR(after(-3), 1.78, 1e-12) << "the sign turned: no move";
  EXPECT_NEAR(after(-3), 1.78 + 0.06, 1e-12) << "half the step";
}

TEST_F(OptimizerTest, DecoupledDecayIsNoPartOfTheGradient) {
  L2Penalty decoupled({.lambda = 0.5, .on = {}, .decoupled = true}, parameters());
  EXPECT_EQ(value_of(decoupled), 0);
  for (const OptimizerConfig& config : std::initializer_list<OptimizerConfig>{
           AdamConfig{.learning_rate = 0.1}, SgdConfig{.learning_rate = 0.1},
           RMSPropConfig{.learning_rate = 0.1}, AdaGradConfig{.learning_rate = 0.1}}) {
    weight_.value.data<double>()[0] = 2;
    weight_.gradient.data<double>()[0] = 0;
    Optimizer(context_, config, parameters(), decoupled).step(clock_);
    EXPECT_NEAR(weight_.value.data<double>()[0], 2 * (1 - 0.1 * 0.5), 1e-12);
    EXPECT_EQ(bias_.value.data<double>()[0], -3) << "biases do not decay";
  }
}

TEST_F(OptimizerTest, GradientsAreScaledDownToTheLargestNorm) {
  const L2Penalty none({}, parameters());
  const auto moves = [&](double largest_norm) {
    weight_.value.data<double>()[0] = 0;
    bias_.value.data<double>()[0] = 0;
    weight_.gradient.data<double>()[0] = 3;
    bias_.gradient.data<double>()[0] = -4;
    Optimizer(context_, SgdConfig{.learning_rate = 1}, parameters(), none, largest_norm)
        .step(clock_);
    return std::pair(weight_.value.data<double>()[0], bias_.value.data<double>()[0]);
  };
  EXPECT_EQ(moves(0), std::pair(-3.0, 4.0));
  EXPECT_EQ(moves(6), std::pair(-3.0, 4.0)) << "the norm is 5";
  EXPECT_NEAR(moves(2.5).first, -1.5, 1e-12);
  EXPECT_NEAR(moves(2.5).second, 2, 1e-12);
}

TEST_F(OptimizerTest, L2HoldsForWeightsUnlessParametersAreNamed) {
  L2Penalty by_default({.lambda = 0.5, .on = {}}, parameters());
  EXPECT_EQ(by_default.l2(weight_), 0.5);
  EXPECT_EQ(by_default.l2(bias_), 0);
  EXPECT_EQ(value_of(by_default), 0.25 * 4);

  L2Penalty on_bias({.lambda = 0.5, .on = std::vector<std::string>{"b"}}, parameters());
  EXPECT_EQ(on_bias.l2(weight_), 0);
  EXPECT_EQ(on_bias.l2(bias_), 0.5);
  EXPECT_EQ(value_of(on_bias), 0.25 * 9);

  L2Penalty on_none({.lambda = 0.5, .on = std::vector<std::string>{}}, parameters());
  EXPECT_EQ(value_of(on_none), 0);
}

TEST_F(OptimizerTest, L2OnAnUnknownParameterListsThoseThereAre) {
  EXPECT_THAT(testing::message_of<ConfigError>([&] {
                L2Penalty({.lambda = 1, .on = std::vector<std::string>{"v"}}, parameters());
              }),
              ::testing::AllOf(HasSubstr("'v'"), HasSubstr("w, b")));
}

TEST_F(OptimizerTest, L2GradientIsThatOfItsValue) {
  L2Penalty penalty({.lambda = 0.7, .on = {}}, parameters());
  const double h = 1e-4;
  double& w = weight_.value.data<double>()[0];
  w = 2 + h;
  const double above = value_of(penalty);
  w = 2 - h;
  const double below = value_of(penalty);
  EXPECT_NEAR((above - below) / (2 * h), penalty.l2(weight_) * 2, 1e-9);
}

}  // namespace
}  // namespace lacuna
