#include "kernels/dense/reduce.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum) {
  dispatch("column_sum", ctx, [&] { cpu::column_sum(ctx, x, sum); });
}

template <class T>
double sum_of_squares(const ExecContext& ctx, std::span<const T> x) {
  double result = 0;
  dispatch("sum_of_squares", ctx, [&] { result = cpu::sum_of_squares(ctx, x); });
  return result;
}

template <class T>
std::int64_t count_non_finite(const ExecContext& ctx, std::span<const T> x) {
  std::int64_t result = 0;
  dispatch("count_non_finite", ctx, [&] { result = cpu::count_non_finite(ctx, x); });
  return result;
}

template void column_sum(const ExecContext&, MatrixView<const float>, float*);
template void column_sum(const ExecContext&, MatrixView<const double>, double*);
template double sum_of_squares(const ExecContext&, std::span<const float>);
template double sum_of_squares(const ExecContext&, std::span<const double>);
template std::int64_t count_non_finite(const ExecContext&, std::span<const float>);
template std::int64_t count_non_finite(const ExecContext&, std::span<const double>);

}  // namespace lacuna
