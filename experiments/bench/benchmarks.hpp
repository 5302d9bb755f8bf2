#pragma once

#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// The sizes of what is timed. Tiny ones rehearse a measurement, on any device: their times tell
/// nothing.
enum class Sizes { usual, tiny };

/// Every benchmark of `lacuna bench`.
std::vector<Benchmark> benchmarks(Sizes sizes = Sizes::usual);

}  // namespace lacuna::experiments::bench
