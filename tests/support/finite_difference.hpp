#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string>

#include "tests/support/tolerance.hpp"

namespace lacuna::testing {

/// Fourth-order central difference of `f` in `x`, which is restored.
inline double derivative(const std::function<double()>& f, double& x) {
  const double h = 1e-3;
  const double at = x;
  const auto value = [&](double step) {
    x = at + step * h;
    return f();
  };
  const double result = (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * h);
  x = at;
  return result;
}

/// The acceptance rule for a gradient: the largest difference to finite differences is at most 1e-6
/// of the largest gradient of the tensor, and 0 where that is 0. Zeros of `x` are left alone unless
/// wanted.
inline void expect_gradient(const std::string& name, std::span<double> x,
                            std::span<const double> gradient, const std::function<double()>& f,
                            bool perturb_zeros = true) {
  ASSERT_EQ(x.size(), gradient.size()) << name;
  double largest = 0;
  for (const double g : gradient) largest = std::max(largest, std::abs(g));
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!perturb_zeros && x[i] == 0) continue;
    ASSERT_LE(std::abs(derivative(f, x[i]) - gradient[i]), gradient_tolerance * largest)
        << name << "[" << i << "], gradient " << gradient[i] << ", largest " << largest;
  }
}

}  // namespace lacuna::testing
