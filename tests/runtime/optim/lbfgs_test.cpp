#include "runtime/optim/lbfgs.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace lacuna {
namespace {

double rosenbrock(std::span<const double> x, std::span<double> gradient) {
  const double a = 1 - x[0];
  const double b = x[1] - x[0] * x[0];
  gradient[0] = -2 * a - 400 * x[0] * b;
  gradient[1] = 200 * b;
  return a * a + 100 * b * b;
}

TEST(Lbfgs, FindsTheMinimumOfRosenbrocksFunction) {
  const Minimum minimum = minimize(rosenbrock, std::array{-1.2, 1.0});
  EXPECT_TRUE(minimum.converged);
  EXPECT_NEAR(minimum.x.at(0), 1, 1e-8);
  EXPECT_NEAR(minimum.x.at(1), 1, 1e-8);
  EXPECT_NEAR(minimum.value, 0, 1e-15);
}

TEST(Lbfgs, StaysAtAMinimum) {
  const Minimum minimum = minimize(rosenbrock, std::array{1.0, 1.0});
  EXPECT_TRUE(minimum.converged);
  EXPECT_EQ(minimum.x, (std::vector{1.0, 1.0}));
}

TEST(Lbfgs, SaysWhereItStoppedShort) {
  const Minimum minimum = minimize(rosenbrock, std::array{-1.2, 1.0}, {.most_iterations = 3});
  EXPECT_FALSE(minimum.converged);
  EXPECT_LT(minimum.value, 24.2) << "the start";
}

TEST(Lbfgs, WhatTheObjectiveThrowsComesThroughAtOnce) {
  for (const int last : {1, 2, 5}) {
    int calls = 0;
    const auto objective = [&](std::span<const double> x, std::span<double> gradient) {
      if (++calls == last) throw std::runtime_error("no value");
      return rosenbrock(x, gradient);
    };
    EXPECT_THROW(minimize(objective, std::array{-1.2, 1.0}), std::runtime_error);
    EXPECT_EQ(calls, last);
  }
}

TEST(Lbfgs, ANonFiniteObjectiveEnds) {
  const auto objective = [](std::span<const double>, std::span<double> gradient) {
    gradient[0] = std::numeric_limits<double>::quiet_NaN();
    return gradient[0];
  };
  EXPECT_FALSE(minimize(objective, std::array{1.0}).converged);
}

TEST(Lbfgs, NothingToMinimizeIsAnError) {
  EXPECT_THROW(minimize(rosenbrock, {}), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna
