#pragma once

#include <string>
#include <vector>

#include "experiments/bench/benchmark.hpp"
#include "experiments/bench/product_ceiling.hpp"
#include "experiments/bench/training_step/training_step.hpp"

namespace lacuna::experiments::bench {

/// A training step to be timed beside its matrix products alone.
struct TimedStep {
  std::string name;
  std::string what;
  StepSetup setup;
  std::vector<ProductSize> products;
  config::Json shape;  ///< for people and for peers
};
Benchmark step_benchmark(const TimedStep& step);

}  // namespace lacuna::experiments::bench
