#pragma once

#include "experiments/bench/benchmark.hpp"
#include "experiments/bench/mlp_step/setting.hpp"
#include "experiments/bench/training_step/training_step.hpp"

namespace lacuna::experiments::bench {

StepSetup setup_of(const NetShape& shape);

/// A training step of an MLP in mini-batches, with Adam, beside its matrix products alone.
Benchmark mlp_step(const NetShape& shape = {});
/// The same of a small net on the rows of a table.
Benchmark mlp_step_table(const NetShape& shape = table_net());

}  // namespace lacuna::experiments::bench
