#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// The ten best unseen items of every user, as `lacuna predict --all-users` finds them in generated
/// ratings, and the product of codes and weights alone, of which they are chosen.
Benchmark best_items(const StepShape& shape = {});

}  // namespace lacuna::experiments::bench
