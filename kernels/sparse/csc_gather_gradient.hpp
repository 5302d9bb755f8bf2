#pragma once

#include <span>

#include "kernels/core/exec_context.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// One weight gradient of a sparse layer: for each column c of the pattern
///   gradient[c] = sum over the column's entries e = (r, c) of coefficient[e] * source[r],
/// and column_sum[c] = sum of coefficient[e].
template <class T>
struct GatherTerm {
  const T* coefficient = nullptr;  ///< [nnz], in the order of the CSR
  MatrixView<const T> source;      ///< [n, h]
  MatrixView<T> gradient;          ///< [d, h], overwritten; zero where the column is empty
  T* column_sum = nullptr;         ///< [d], overwritten; nullptr: not wanted
};

/// Computes all terms that share one pattern in a single visit of its columns. Each column is
/// summed by one thread in the order of its entries: no atomics, the same bits at any number of
/// threads. Throws UnsupportedDevice where the device has no kernel.
template <class T>
void csc_gather_gradient(const ExecContext& ctx, const CscView& pattern,
                         std::span<const GatherTerm<T>> terms);

namespace cpu {
template <class T>
void csc_gather_gradient(const ExecContext& ctx, const CscView& pattern,
                         std::span<const GatherTerm<T>> terms);
}  // namespace cpu

}  // namespace lacuna
