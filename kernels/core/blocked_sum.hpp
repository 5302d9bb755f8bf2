#pragma once

#include <algorithm>

#include "kernels/core/partition.hpp"

/// Sums in double: within blocks of fixed size, then over the blocks in order, so that the bits do
/// not depend on the number of threads. They use the context's scratch.
namespace lacuna::cpu {

inline constexpr std::int64_t sum_lanes = 8;

inline double fold_lanes(const double* sum) {
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/// Adds value(j), j < n, to `sum_lanes` sums. Flattened, since a long value() that is left a call
/// keeps the loop scalar.
template <class Value>
[[gnu::flatten]] void add_to_lanes(std::int64_t n, double* sum, Value value) {
  double lane[sum_lanes] = {};
  std::int64_t j = 0;
  for (; j + sum_lanes <= n; j += sum_lanes) {
#pragma omp simd
    for (std::int64_t k = 0; k < sum_lanes; ++k) lane[k] += value(j + k);
  }
  for (std::int64_t k = 0; j + k < n; ++k) lane[k] += value(j + k);
  for (std::int64_t k = 0; k < sum_lanes; ++k) sum[k] += lane[k];
}

/// The sum over blocks of what add(begin, end, lanes) adds to `sum_lanes` sums for the elements
/// [begin, end) of a block; `work` is that of all blocks, see team().
template <class Add>
double sum_blocks(const ExecContext& ctx, const Blocks& blocks, std::int64_t work, Add add) {
  if (blocks.count() == 0) return 0;
  double* partial = reserve<double>(ctx, blocks.count());
#pragma omp parallel for num_threads(team(ctx, work)) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    double sum[sum_lanes] = {};
    add(blocks.begin(block), blocks.end(block), sum);
    partial[block] = fold_lanes(sum);
  }
  double total = 0;
  for (std::int64_t block = 0; block < blocks.count(); ++block) total += partial[block];
  return total;
}

/// Sums element(i) over [0, count).
template <class Element>
double blocked_sum(const ExecContext& ctx, std::int64_t count, Element element) {
  return sum_blocks(ctx, {count, 4096}, count, [&](std::int64_t i, std::int64_t end, double* sum) {
    for (; i + sum_lanes <= end; i += sum_lanes) {
#pragma omp simd
      for (std::int64_t k = 0; k < sum_lanes; ++k) sum[k] += element(i + k);
    }
    for (std::int64_t k = 0; i + k < end; ++k) sum[k] += element(i + k);
  });
}

/// Sums what add_row(r, lanes) adds to `sum_lanes` sums for each of `rows` rows, each worth
/// `row_work` additions.
template <class AddRow>
double blocked_row_sum(const ExecContext& ctx, std::int64_t rows, std::int64_t row_work,
                       AddRow add_row) {
  const std::int64_t height = std::max<std::int64_t>(1, 4096 / std::max<std::int64_t>(row_work, 1));
  return sum_blocks(ctx, {rows, height}, rows * row_work,
                    [&](std::int64_t r, std::int64_t end, double* sum) {
                      for (; r < end; ++r) add_row(r, sum);
                    });
}

}  // namespace lacuna::cpu
