#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// A full-batch training step of AutoRec, ours against the same step on dense matrices; beside
/// them what memory and matrix products give at most. Both steps start from the same weights and
/// must report the same losses. Only the default shape is held to marks of speed.
Benchmark autorec_step(const StepShape& shape = {});

}  // namespace lacuna::experiments::bench
