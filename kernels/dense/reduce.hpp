#pragma once

#include <span>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Reductions in blocks of fixed size, then over the blocks in order: the same bits at any number
/// of threads. Sums to a scalar accumulate in double. All throw UnsupportedDevice where the device
/// has no kernel.

/// sum[j] = sum over rows r of x[r, j]; zeros where n == 0.
template <class T>
struct ColumnSum {
  static constexpr std::string_view name = "column_sum";

  MatrixView<const T> x;  ///< [n, h]
  T* sum = nullptr;       ///< [h]
};

/// *sum = sum of x[i]^2.
template <class T>
struct SumOfSquares {
  static constexpr std::string_view name = "sum_of_squares";

  std::span<const T> x;
  double* sum = nullptr;  ///< [1]
};

template <class T>
void column_sum(const ExecContext& ctx, const ColumnSum<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void sum_of_squares(const ExecContext& ctx, const SumOfSquares<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
