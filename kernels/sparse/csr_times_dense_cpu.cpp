#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/runs_cpu.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
std::int64_t count_row(const CsrView<T>& x, std::int64_t r, CountBy count_by) {
  const T* begin = x.value + x.row_ptr[r];
  const T* end = x.value + x.row_ptr[r + 1];
  if (count_by == CountBy::mask) return x.cells == nullptr ? end - begin : x.cells[r];
  return (end - begin) - std::count(begin, end, T(0));
}

template <class F, class T>
struct Multiply {
  const CsrTimesDense<T>& op;

  void start(std::int64_t r) const { std::fill_n(op.y.row(r), op.y.cols, T(0)); }

  void run(std::int64_t r, std::int64_t begin, std::int64_t end) const {
    accumulate_rows(
        begin, end, [&](std::int64_t e) { return op.x.value[e]; },
        [&](std::int64_t e) { return op.weight.row(op.x.col[e]); }, op.y.cols, op.y.row(r));
  }

  void finish(std::int64_t r) const {
    const std::int64_t count = count_row(op.x, r, op.normalization.count_by);
    const T scale = sparsity_scale<T>(op.normalization, count);
    op.row_scale[r] = scale;
    const T* __restrict bias = op.bias;
    T* __restrict y = op.y.row(r);
#pragma omp simd
    for (std::int64_t j = 0; j < op.y.cols; ++j) y[j] = F::value(std::fma(scale, y[j], bias[j]));
  }
};

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const CsrTimesDense<T>& op) {
  const IndexLists rows{op.x.rows, op.x.cols, op.x.row_ptr, op.x.col};
  std::int64_t* cursor = reserve<std::int64_t>(ctx, rows.lists);
  with_activation(op.activation, [&]<class F>(F) {
    for_each_run(ctx, rows, op.weight.cols * std::int64_t{sizeof(T)}, cursor, Multiply<F, T>{op});
  });
}

template <class T>
void compute(Here, const ExecContext& ctx, const CsrTimesDenseBackward<T>& op) {
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

template struct Kernel<CsrTimesDense>;
template struct Kernel<CsrTimesDenseBackward>;

}  // namespace lacuna::cpu
