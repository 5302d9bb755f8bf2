#pragma once

#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// Every benchmark of `lacuna bench`.
std::vector<Benchmark> benchmarks();

}  // namespace lacuna::experiments::bench
