#include <algorithm>
#include <cmath>

#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna::cpu {

namespace {

/// Sums `element(x[i])` as double within blocks, then over the blocks in order.
template <class T, class Element>
double blocked_sum(const ExecContext& ctx, std::span<const T> x, Element element) {
  const Blocks blocks{static_cast<std::int64_t>(x.size()), 4096};
  if (blocks.size == 0) return 0;
  double* partial = reserve<double>(ctx, blocks.count());
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    constexpr std::int64_t lanes = 8;
    double sum[lanes] = {};
    const T* data = x.data() + blocks.begin(block);
    const std::int64_t n = blocks.end(block) - blocks.begin(block);
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
#pragma omp simd
      for (std::int64_t k = 0; k < lanes; ++k) sum[k] += element(data[i + k]);
    }
    for (std::int64_t k = 0; i + k < n; ++k) sum[k] += element(data[i + k]);
    partial[block] =
        ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
  }
  double total = 0;
  for (std::int64_t block = 0; block < blocks.count(); ++block) total += partial[block];
  return total;
}

}  // namespace

template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum) {
  const Blocks blocks{x.rows, 64};
  T* partial = reserve<T>(ctx, std::max<std::int64_t>(blocks.count(), 1) * x.cols);
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    T* row_sum = partial + block * x.cols;
    std::fill_n(row_sum, x.cols, T(0));
    accumulate_rows(
        blocks.begin(block), blocks.end(block), [](std::int64_t) { return T(1); },
        [&](std::int64_t r) { return x.row(r); }, x.cols, row_sum);
  }
  std::fill_n(sum, x.cols, T(0));
  accumulate_rows(
      0, blocks.count(), [](std::int64_t) { return T(1); },
      [&](std::int64_t block) { return partial + block * x.cols; }, x.cols, sum);
}

template <class T>
double sum_of_squares(const ExecContext& ctx, std::span<const T> x) {
  return blocked_sum(ctx, x, [](T value) {
    const double v = static_cast<double>(value);
    return v * v;
  });
}

template <class T>
std::int64_t count_non_finite(const ExecContext& ctx, std::span<const T> x) {
  return std::llround(
      blocked_sum(ctx, x, [](T value) { return std::isfinite(value) ? 0.0 : 1.0; }));
}

template void column_sum(const ExecContext&, MatrixView<const float>, float*);
template void column_sum(const ExecContext&, MatrixView<const double>, double*);
template double sum_of_squares(const ExecContext&, std::span<const float>);
template double sum_of_squares(const ExecContext&, std::span<const double>);
template std::int64_t count_non_finite(const ExecContext&, std::span<const float>);
template std::int64_t count_non_finite(const ExecContext&, std::span<const double>);

}  // namespace lacuna::cpu
