#pragma once

#include <functional>
#include <span>
#include <vector>

namespace lacuna {

/// A smooth function: returns its value at `x` and writes its gradient, as many numbers.
using Objective = std::function<double(std::span<const double> x, std::span<double> gradient)>;

struct LbfgsConfig {
  int most_iterations = 1000;
  double tolerance = 1e-8;  ///< ends where |gradient| <= tolerance * max(1, |x|)
};

struct Minimum {
  std::vector<double> x;
  double value = 0;
  bool converged = false;  ///< false: the limit of iterations, or of what rounding lets a step win
};

/// The minimum that L-BFGS (Liu and Nocedal, 1989; 6 corrections, line search by Moré and Thuente)
/// reaches from `start`, which holds at least one number. What `objective` throws comes through.
/// Runs on one thread: the same input gives the same bits.
Minimum minimize(const Objective& objective, std::span<const double> start,
                 const LbfgsConfig& config = {});

}  // namespace lacuna
