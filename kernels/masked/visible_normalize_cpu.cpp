#include <algorithm>
#include <vector>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/masked/visible_normalize.hpp"

namespace lacuna::cpu {

namespace {

/// before[i]: non-zeros among the first i of n.
template <class T>
void count_before(const T* x, std::int64_t n, std::int32_t* before) {
  before[0] = 0;
  for (std::int64_t i = 0; i < n; ++i) before[i + 1] = before[i] + (x[i] != T(0) ? 1 : 0);
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const VisibleNormalize<T>& op) {
  const std::int64_t inputs = op.x.cols;
  const std::int64_t units = op.a.cols;
  const std::int32_t* depth = op.masks.of(inputs, units).depth;
  const T* k = op.k + op.masks.choice.chosen() * units;
  const int threads = team(ctx, op.x.size() + op.a.size());
  std::int32_t* before = reserve<std::int32_t>(ctx, op.x.rows * (inputs + 1));
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::int64_t r = 0; r < op.x.rows; ++r) {
    std::int32_t* counts = before + r * (inputs + 1);
    count_before(op.x.row(r), inputs, counts);
    const T* a = op.a.row(r);
    T* y = op.y.row(r);
    T* scale = op.scale.row(r);
#pragma omp simd
    for (std::int64_t b = 0; b < units; ++b) {
      scale[b] = k[b] / static_cast<T>(std::max(counts[depth[b]], 1));
      y[b] = scale[b] * a[b];
    }
  }
}

template <class T>
void compute(Here, const ExecContext& ctx, const VisibleNormalizeBackward<T>& op) {
#pragma omp parallel for num_threads(team(ctx, op.dy.size())) schedule(static)
  for (std::int64_t r = 0; r < op.dy.rows; ++r) {
    const T* dy = op.dy.row(r);
    const T* scale = op.scale.row(r);
    T* da = op.da.row(r);
#pragma omp simd
    for (std::int64_t b = 0; b < op.dy.cols; ++b) da[b] = scale[b] * dy[b];
  }
}

template struct Kernel<VisibleNormalize>;
template struct Kernel<VisibleNormalizeBackward>;

}  // namespace lacuna::cpu
