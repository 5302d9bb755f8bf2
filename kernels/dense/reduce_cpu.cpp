#include <algorithm>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const ColumnSum<T>& op) {
  const MatrixView<const T>& x = op.x;
  const Blocks blocks{x.rows, 64};
  T* partial = reserve<T>(ctx, std::max<std::int64_t>(blocks.count(), 1) * x.cols);
#pragma omp parallel for num_threads(team(ctx, x.size())) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    T* row_sum = partial + block * x.cols;
    std::fill_n(row_sum, x.cols, T(0));
    accumulate_rows(
        blocks.begin(block), blocks.end(block), [](std::int64_t) { return T(1); },
        [&](std::int64_t r) { return x.row(r); }, x.cols, row_sum);
  }
  std::fill_n(op.sum, x.cols, T(0));
  accumulate_rows(
      0, blocks.count(), [](std::int64_t) { return T(1); },
      [&](std::int64_t block) { return partial + block * x.cols; }, x.cols, op.sum);
}

template <class T>
void compute(Here, const ExecContext& ctx, const SumOfSquares<T>& op) {
  const auto square = [data = op.x.data()](std::int64_t i) {
    const double value = static_cast<double>(data[i]);
    return value * value;
  };
  *op.sum = blocked_sum(ctx, static_cast<std::int64_t>(op.x.size()), square);
}

template struct Kernel<ColumnSum>;
template struct Kernel<SumOfSquares>;

}  // namespace lacuna::cpu
