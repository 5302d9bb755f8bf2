#include <algorithm>

#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/sparse/csr_times_dense.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
std::int64_t count_row(const CsrView<T>& x, std::int64_t r, CountBy count_by) {
  const T* begin = x.value + x.row_ptr[r];
  const T* end = x.value + x.row_ptr[r + 1];
  if (count_by == CountBy::mask) return end - begin;
  return (end - begin) - std::count(begin, end, T(0));
}

template <class F, class T>
void finish_row(T scale, const T* __restrict bias, std::int64_t n, T* __restrict y) {
#pragma omp simd
  for (std::int64_t j = 0; j < n; ++j) y[j] = F::value(std::fma(scale, y[j], bias[j]));
}

}  // namespace

template <class T>
void csr_times_dense(const ExecContext& ctx, const CsrTimesDense<T>& op) {
  const CsrView<T>& x = op.x;
  const std::int64_t units = op.weight.cols;
  with_activation(op.activation, [&]<class F>(F) {
  // Rows differ a thousandfold in length: small dynamic pieces keep the threads even.
#pragma omp parallel for num_threads(ctx.threads) schedule(dynamic, 8)
    for (std::int64_t r = 0; r < x.rows; ++r) {
      T* y = op.y.row(r);
      std::fill_n(y, units, T(0));
      accumulate_rows(
          x.row_ptr[r], x.row_ptr[r + 1], [&](std::int64_t e) { return x.value[e]; },
          [&](std::int64_t e) { return op.weight.row(x.col[e]); }, units, y);
      op.row_scale[r] =
          sparsity_scale<T>(op.normalization, count_row(x, r, op.normalization.count_by));
      finish_row<F>(op.row_scale[r], op.bias, units, y);
    }
  });
}

template <class T>
void csr_times_dense_backward(const ExecContext& ctx, const CsrTimesDenseBackward<T>& op) {
  const std::int64_t units = op.y.cols;
  const Blocks blocks{op.y.rows, 64};
  T* partial = reserve<T>(ctx, std::max<std::int64_t>(blocks.count(), 1) * units);
  with_activation(op.activation, [&]<class F>(F) {
#pragma omp parallel for num_threads(ctx.threads) schedule(static)
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
      T* __restrict sum = partial + block * units;
      std::fill_n(sum, units, T(0));
      for (std::int64_t r = blocks.begin(block); r < blocks.end(block); ++r) {
        const T* y = op.y.row(r);
        const T* dy = op.dy.row(r);
        T* scaled = op.scaled.row(r);
        const T scale = op.row_scale[r];
#pragma omp simd
        for (std::int64_t j = 0; j < units; ++j) {
          const T dz = dy[j] * F::derivative(y[j]);
          sum[j] += dz;
          scaled[j] = scale * dz;
        }
      }
    }
  });
  std::fill_n(op.bias_gradient, units, T(0));
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    add_rows<1, T>({T(1)}, {partial + block * units}, units, op.bias_gradient);
  }
}

template void csr_times_dense(const ExecContext&, const CsrTimesDense<float>&);
template void csr_times_dense(const ExecContext&, const CsrTimesDense<double>&);
template void csr_times_dense_backward(const ExecContext&, const CsrTimesDenseBackward<float>&);
template void csr_times_dense_backward(const ExecContext&, const CsrTimesDenseBackward<double>&);

}  // namespace lacuna::cpu
