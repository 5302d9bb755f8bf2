#include "kernels/core/cpu_kernel.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
std::int64_t count_present(const T* row, std::int64_t n) {
  std::int64_t count = 0;
#pragma omp simd reduction(+ : count)
  for (std::int64_t j = 0; j < n; ++j) count += row[j] != T(0);
  return count;
}

/// y = scale * x, and zero where the mask, if there is one, says missing.
template <class T>
void scale_row(const T* __restrict x, const T* __restrict mask, T scale, std::int64_t n,
               T* __restrict y) {
  if (mask == nullptr) {
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) y[j] = x[j] * scale;
  } else {
#pragma omp simd
    for (std::int64_t j = 0; j < n; ++j) y[j] = x[j] * (mask[j] * scale);
  }
}

template <class T>
const T* row_or_null(const MatrixView<const T>& matrix, std::int64_t row) {
  return matrix.data == nullptr ? nullptr : matrix.row(row);
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const SparsityNormalize<T>& op) {
  const std::int64_t n = op.x.cols;
  const bool by_mask = op.normalization.count_by == CountBy::mask;
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
  for (std::int64_t r = 0; r < op.x.rows; ++r) {
    const T* mask = row_or_null(op.mask, r);
    const std::int64_t count = count_present(by_mask ? mask : op.x.row(r), n);
    op.scale[r] = sparsity_scale<T>(op.normalization, count);
    scale_row(op.x.row(r), mask, op.scale[r], n, op.y.row(r));
  }
}

template <class T>
void compute(Here, const ExecContext& ctx, const SparsityNormalizeBackward<T>& op) {
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
  for (std::int64_t r = 0; r < op.dy.rows; ++r) {
    scale_row(op.dy.row(r), row_or_null(op.mask, r), op.scale[r], op.dy.cols, op.dx.row(r));
  }
}

template struct Kernel<SparsityNormalize>;
template struct Kernel<SparsityNormalizeBackward>;

}  // namespace lacuna::cpu
