#pragma once

#include <cstdint>

#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// A matrix like one of 10x: genes are rows, entries come cell by cell.
struct CountsShape {
  std::int64_t genes = 33538;
  std::int64_t cells = 3000;
  std::int64_t found = 2000;  ///< genes in a cell
};

/// Reading a Matrix Market file of counts that lies in memory, plain and packed by gzip.
Benchmark read_counts(const CountsShape& shape = {});

}  // namespace lacuna::experiments::bench
