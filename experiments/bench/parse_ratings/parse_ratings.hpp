#pragma once

#include "experiments/bench/benchmark.hpp"
#include "experiments/bench/parse_ratings/rating_text.hpp"

namespace lacuna::experiments::bench {

/// Reading a MovieLens file with one thread and with all of them; beside it what memory gives at
/// most. Only the default shape is held to marks of speed.
Benchmark parse_ratings(const TextShape& shape = {});

}  // namespace lacuna::experiments::bench
