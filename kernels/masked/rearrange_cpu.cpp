#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/masked/rearrange.hpp"

namespace lacuna::cpu {

namespace {

/// The first unit that sees the input at place a: those behind it do, too.
template <class T>
std::int64_t first_that_sees(const LayerMasks<T>& masks, std::int64_t a, std::int64_t units) {
  if (masks.depth == nullptr) return 0;
  return std::upper_bound(masks.depth, masks.depth + units, a) - masks.depth;
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const Rearrange<T>& op) {
  const LayerMasks<T> masks = op.masks.of(op.y.rows, op.y.cols);
  const std::int64_t units = op.y.cols;
#pragma omp parallel for num_threads(team(ctx, op.y.size())) schedule(static)
  for (std::int64_t a = 0; a < op.y.rows; ++a) {
    const T* x = op.x.row(masks.input(a));
    T* y = op.y.row(a);
    const std::int64_t first = first_that_sees(masks, a, units);
    std::fill_n(y, first, T(0));
#pragma omp simd
    for (std::int64_t b = first; b < units; ++b) y[b] = masks.factor(b) * x[masks.unit(b)];
  }
}

template <class T>
void compute(Here, const ExecContext& ctx, const RearrangeBackward<T>& op) {
  const LayerMasks<T> masks = op.masks.of(op.dx.rows, op.dx.cols);
  const std::int64_t units = op.dx.cols;
#pragma omp parallel for num_threads(team(ctx, op.dx.size())) schedule(static)
  for (std::int64_t a = 0; a < op.dx.rows; ++a) {
    const T* dy = op.dy.row(a);
    T* dx = op.dx.row(masks.input(a));
    const std::int64_t first = first_that_sees(masks, a, units);
    if (!op.accumulate) {
      for (std::int64_t b = 0; b < first; ++b) dx[masks.unit(b)] = T(0);
      for (std::int64_t b = first; b < units; ++b) dx[masks.unit(b)] = masks.factor(b) * dy[b];
    } else {
      for (std::int64_t b = first; b < units; ++b) dx[masks.unit(b)] += masks.factor(b) * dy[b];
    }
  }
}

template struct Kernel<Rearrange>;
template struct Kernel<RearrangeBackward>;

}  // namespace lacuna::cpu
