#include <algorithm>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna::cpu {

template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum) {
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
  std::fill_n(sum, x.cols, T(0));
  accumulate_rows(
      0, blocks.count(), [](std::int64_t) { return T(1); },
      [&](std::int64_t block) { return partial + block * x.cols; }, x.cols, sum);
}

template <class T>
void sum_of_squares(const ExecContext& ctx, std::span<const T> x, double* sum) {
  const auto square = [data = x.data()](std::int64_t i) {
    const double value = static_cast<double>(data[i]);
    return value * value;
  };
  *sum = blocked_sum(ctx, static_cast<std::int64_t>(x.size()), square);
}

template void column_sum(const ExecContext&, MatrixView<const float>, float*);
template void column_sum(const ExecContext&, MatrixView<const double>, double*);
template void sum_of_squares(const ExecContext&, std::span<const float>, double*);
template void sum_of_squares(const ExecContext&, std::span<const double>, double*);

}  // namespace lacuna::cpu
