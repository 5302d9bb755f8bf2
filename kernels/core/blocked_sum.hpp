#pragma once

#include "kernels/core/partition.hpp"

namespace lacuna::cpu {

/// Sums element(i) over [0, count) in double: within blocks of fixed size, then over the blocks in
/// order, so that the bits do not depend on the number of threads. Uses the context's scratch.
template <class Element>
double blocked_sum(const ExecContext& ctx, std::int64_t count, Element element) {
  const Blocks blocks{count, 4096};
  if (count == 0) return 0;
  double* partial = reserve<double>(ctx, blocks.count());
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    constexpr std::int64_t lanes = 8;
    double sum[lanes] = {};
    const std::int64_t end = blocks.end(block);
    std::int64_t i = blocks.begin(block);
    for (; i + lanes <= end; i += lanes) {
#pragma omp simd
      for (std::int64_t k = 0; k < lanes; ++k) sum[k] += element(i + k);
    }
    for (std::int64_t k = 0; i + k < end; ++k) sum[k] += element(i + k);
    partial[block] =
        ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
  }
  double total = 0;
  for (std::int64_t block = 0; block < blocks.count(); ++block) total += partial[block];
  return total;
}

}  // namespace lacuna::cpu
