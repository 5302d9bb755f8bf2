#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/impute.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
void fill_row(const Impute<T>& op, std::int64_t r) {
  const T* x = op.x.row(r);
  T* y = op.y.row(r);
  const std::int64_t d = op.x.cols;
  const bool indicators = op.indicators != Indicate::nothing;
  const T seen = op.indicators == Indicate::observed ? T(1) : T(0);
  const T unseen = T(1) - seen;
  if (op.observed.data == nullptr) {
#pragma omp simd
    for (std::int64_t c = 0; c < d; ++c) y[c] = op.scale * x[c];
    if (indicators) std::fill_n(y + d, d, seen);
    return;
  }
  const T* observed = op.observed.row(r);
#pragma omp simd
  for (std::int64_t c = 0; c < d; ++c) {
    const T fill = op.fill == nullptr ? T(0) : op.fill[c];
    y[c] = op.scale * (observed[c] != T(0) ? x[c] : fill);
  }
  if (!indicators) return;
#pragma omp simd
  for (std::int64_t c = 0; c < d; ++c) y[d + c] = observed[c] != T(0) ? seen : unseen;
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const Impute<T>& op) {
#pragma omp parallel for num_threads(team(ctx, op.y.size())) schedule(static)
  for (std::int64_t r = 0; r < op.x.rows; ++r) fill_row(op, r);
}

template struct Kernel<Impute>;

}  // namespace lacuna::cpu
