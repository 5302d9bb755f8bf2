#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The weight gradient of a sparse layer: for each column c of the pattern
///   gradient[c] = sum over the column's entries e = (r, c) of coefficient[e] * source[r],
/// and column_sum[c] = sum of coefficient[e]. Where a column has several `levels`, each with rows
/// of its own, the entries have a coefficient for each: gradient[c levels + k] by coefficient[e,
/// k].
template <class T>
struct CscGatherGradient {
  static constexpr std::string_view name = "csc_gather_gradient";

  CscView pattern;
  const T* coefficient = nullptr;  ///< [nnz, levels], in the order of the CSR view
  MatrixView<const T> source;      ///< [n, h]
  MatrixView<T> gradient;          ///< [d levels, h], overwritten; zero where the column is empty
  T* column_sum = nullptr;         ///< [d levels], overwritten; nullptr: not wanted
  std::int64_t levels = 1;
};

/// The order of a column's sum follows from the pattern alone: that of its entries on the CPU, by
/// chunks of them on devices. No atomics, the same bits at any number of threads. Throws
/// UnsupportedDevice where the device has no kernel.
template <class T>
void csc_gather_gradient(const ExecContext& ctx, const CscGatherGradient<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
