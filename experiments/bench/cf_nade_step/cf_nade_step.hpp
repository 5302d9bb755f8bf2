#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

struct LevelStepShape {
  StepShape ratings;
  int batch_rows = 512;
};

/// A training step of CF-NADE on generated ratings of five levels, with Adam, decay and an average
/// of the weights, and the products that a step on dense matrices has.
Benchmark cf_nade_step(const LevelStepShape& shape = {});

}  // namespace lacuna::experiments::bench
