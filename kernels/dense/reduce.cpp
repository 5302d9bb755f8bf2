#include "kernels/dense/reduce.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum) {
  dispatch<T>(
      "column_sum", ctx, [&] { cpu::column_sum(ctx, x, sum); },
      [&] { cuda::column_sum(ctx, x, sum); }, [&] { emulated::column_sum(ctx, x, sum); });
}

template <class T>
void sum_of_squares(const ExecContext& ctx, std::span<const T> x, double* sum) {
  dispatch<T>(
      "sum_of_squares", ctx, [&] { cpu::sum_of_squares(ctx, x, sum); },
      [&] { cuda::sum_of_squares(ctx, x, sum); }, [&] { emulated::sum_of_squares(ctx, x, sum); });
}

template void column_sum(const ExecContext&, MatrixView<const float>, float*);
template void column_sum(const ExecContext&, MatrixView<const double>, double*);
template void sum_of_squares(const ExecContext&, std::span<const float>, double*);
template void sum_of_squares(const ExecContext&, std::span<const double>, double*);

}  // namespace lacuna
