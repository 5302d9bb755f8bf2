#pragma once

#include <vector>

#include "experiments/bench/benchmark.hpp"
#include "kernels/op_case.hpp"

namespace lacuna::experiments::bench {

/// Every op on the shapes its case names for benchmarks, on any device: GB/s and GFLOP/s by the
/// case's formulas, and a copy of 256 MiB on the same device. A backward pass is timed where there
/// is one; formulas are of the forward pass.
Benchmark kernels(std::vector<OpCase> cases = op_cases());

}  // namespace lacuna::experiments::bench
