#pragma once

#include <cstdint>

#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// The matrix of the Jurkat subset by its sizes.
struct HoleShape {
  std::int64_t rows = 338;
  std::int64_t columns = 3774;
  double density = 0.63;
  int units = 1000;
};

/// A full-batch training step of AutoImpute with RMSProp and decay on random rows with holes, and
/// the products that a step on dense matrices has.
Benchmark autoimpute_step(const HoleShape& shape = {});

}  // namespace lacuna::experiments::bench
