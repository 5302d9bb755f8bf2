#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/sparsity.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Sparsity Normalization of dense rows (Yi et al., *Why Not to Use Zero Imputation?*, Algorithm
/// 1):
///   y[r, j] = m[r, j] x[r, j] s[r],  s[r] = K / max(count[r], 1).
/// With CountBy::mask, `mask` [n, d] holds 1 where observed and 0 where missing, and the count is
/// its row sum; with CountBy::non_zeros there is no mask (m = 1) and the count is that of x[r, j]
/// != 0.
template <class T>
struct SparsityNormalize {
  static constexpr std::string_view name = "sparsity_normalize";

  MatrixView<const T> x;     ///< [n, d]
  MatrixView<const T> mask;  ///< [n, d]; data == nullptr for CountBy::non_zeros
  SparsityNormalization normalization;
  MatrixView<T> y;     ///< [n, d]
  T* scale = nullptr;  ///< [n], kept for the backward pass
};

/// dx[r, j] = m[r, j] dy[r, j] s[r]; the count is held constant (v1, Appendix C.3).
template <class T>
struct SparsityNormalizeBackward {
  static constexpr std::string_view name = "sparsity_normalize_backward";

  MatrixView<const T> dy;    ///< [n, d]
  MatrixView<const T> mask;  ///< as in the forward pass
  const T* scale = nullptr;  ///< [n], from the forward pass
  MatrixView<T> dx;          ///< [n, d]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void sparsity_normalize(const ExecContext& ctx, const SparsityNormalize<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void sparsity_normalize_backward(const ExecContext& ctx, const SparsityNormalizeBackward<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
