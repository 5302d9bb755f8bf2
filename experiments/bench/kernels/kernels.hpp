#pragma once

#include <vector>

#include "experiments/bench/benchmark.hpp"
#include "experiments/bench/copy_ceiling.hpp"
#include "kernels/op_case.hpp"

namespace lacuna::experiments::bench {

/// Every op on the shapes its case names for benchmarks, on any device: GB/s and GFLOP/s by the
/// case's formulas, and a copy of 256 MiB on the same device. A backward pass is timed where there
/// is one; formulas are of the forward pass. On a GPU the calls take as many sets of buffers in
/// turn as its L2 cache does not hold. Without repetitions each forward pass runs twice, for a
/// profiler.
Benchmark kernels(std::vector<OpCase> cases = op_cases(),
                  std::int64_t copy_bytes = CopyCeiling::usual_bytes);

/// Every op on the last of its shapes for tests, in place of those for benchmarks.
std::vector<OpCase> cases_on_test_shapes();

}  // namespace lacuna::experiments::bench
