#pragma once

#include <span>

#include "kernels/core/exec_context.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Reductions in blocks of fixed size, then over the blocks in order: the same bits at any number
/// of threads. Sums to a scalar accumulate in double. All throw UnsupportedDevice where the device
/// has no kernel.

/// sum[j] = sum over rows r of x[r, j]; x [n, h], sum [h]; zeros where n == 0.
template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum);

/// *sum = sum of x[i]^2.
template <class T>
void sum_of_squares(const ExecContext& ctx, std::span<const T> x, double* sum);

namespace cpu {
template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum);
template <class T>
void sum_of_squares(const ExecContext& ctx, std::span<const T> x, double* sum);
}  // namespace cpu
namespace cuda {
template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum);
template <class T>
void sum_of_squares(const ExecContext& ctx, std::span<const T> x, double* sum);
}  // namespace cuda
namespace emulated {
template <class T>
void column_sum(const ExecContext& ctx, MatrixView<const T> x, T* sum);
template <class T>
void sum_of_squares(const ExecContext& ctx, std::span<const T> x, double* sum);
}  // namespace emulated

}  // namespace lacuna
