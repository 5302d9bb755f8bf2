#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/sparsity.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Sparse rows written out: y[r, c] = s[r] x[r, c] where the row has an entry, else 0, with s as
/// csr_times_dense has it: K / max(count[r], 1) where Sparsity Normalization is on, else 1. What
/// many entries of a row are multiplied with is then a dense product.
template <class T>
struct ScatterRows {
  static constexpr std::string_view name = "scatter_rows";

  CsrView<T> x;  ///< [n, d]
  SparsityNormalization normalization;
  MatrixView<T> y;  ///< [n, d]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void scatter_rows(const ExecContext& ctx, const ScatterRows<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
