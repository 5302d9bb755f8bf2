#include "runtime/optim/adam_optimizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "runtime/error.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna {
namespace {

using ::testing::HasSubstr;

/// A weight and a bias of one element each.
class Optimizer : public ::testing::Test {
 protected:
  Optimizer() {
    weight_.value.data<double>()[0] = 2;
    bias_.value.data<double>()[0] = -3;
  }

  std::vector<Parameter*> parameters() { return {&weight_, &bias_}; }

  DeviceContext context_ = testing::cpu_context();
  Parameter weight_ = make_parameter<double>(context_, "w", ParameterKind::weight, {1});
  Parameter bias_ = make_parameter<double>(context_, "b", ParameterKind::bias, {1});
};

TEST_F(Optimizer, TakesTheStepsOfThePaper) {
  constexpr double lambda = 0.5;
  const AdamConfig config{.learning_rate = 0.1, .beta1 = 0.8, .beta2 = 0.9, .epsilon = 1e-3};
  const L2Penalty penalty({.lambda = lambda, .on = {}}, parameters());
  AdamOptimizer<double> optimizer(context_, config, parameters(), penalty);
  double expected = 2, m = 0, v = 0;
  for (int step = 1; step <= 5; ++step) {
    const double gradient = 1.0 / step;
    weight_.gradient.data<double>()[0] = gradient;
    optimizer.step();
    const double g = gradient + lambda * expected;
    m = 0.8 * m + 0.2 * g;
    v = 0.9 * v + 0.1 * g * g;
    expected -=
        0.1 * (m / (1 - std::pow(0.8, step))) / (std::sqrt(v / (1 - std::pow(0.9, step))) + 1e-3);
    EXPECT_NEAR(weight_.value.data<double>()[0], expected, 1e-12) << "step " << step;
  }
  EXPECT_EQ(bias_.value.data<double>()[0], -3) << "no gradient and no penalty";
}

TEST_F(Optimizer, L2HoldsForWeightsUnlessParametersAreNamed) {
  const L2Penalty by_default({.lambda = 0.5, .on = {}}, parameters());
  EXPECT_EQ(by_default.coefficient(weight_), 0.5);
  EXPECT_EQ(by_default.coefficient(bias_), 0);
  EXPECT_EQ(by_default.value<double>(context_), 0.25 * 4);

  const L2Penalty on_bias({.lambda = 0.5, .on = std::vector<std::string>{"b"}}, parameters());
  EXPECT_EQ(on_bias.coefficient(weight_), 0);
  EXPECT_EQ(on_bias.coefficient(bias_), 0.5);
  EXPECT_EQ(on_bias.value<double>(context_), 0.25 * 9);

  const L2Penalty on_none({.lambda = 0.5, .on = std::vector<std::string>{}}, parameters());
  EXPECT_EQ(on_none.value<double>(context_), 0);
}

TEST_F(Optimizer, L2OnAnUnknownParameterListsThoseThereAre) {
  EXPECT_THAT(testing::message_of<ConfigError>([&] {
                L2Penalty({.lambda = 1, .on = std::vector<std::string>{"v"}}, parameters());
              }),
              ::testing::AllOf(HasSubstr("'v'"), HasSubstr("w, b")));
}

TEST_F(Optimizer, L2GradientIsThatOfItsValue) {
  const L2Penalty penalty({.lambda = 0.7, .on = {}}, parameters());
  const double h = 1e-4;
  double& w = weight_.value.data<double>()[0];
  w = 2 + h;
  const double above = penalty.value<double>(context_);
  w = 2 - h;
  const double below = penalty.value<double>(context_);
  EXPECT_NEAR((above - below) / (2 * h), penalty.coefficient(weight_) * 2, 1e-9);
}

}  // namespace
}  // namespace lacuna
