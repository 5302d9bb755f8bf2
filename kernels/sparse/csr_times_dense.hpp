#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/op.hpp"
#include "kernels/core/sparsity.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// A layer on sparse rows, in one pass: y = f(s * (X W) + b), with s[r] = K / max(count[r], 1)
/// where Sparsity Normalization is on, else 1. The bias is added after the scaling (v1, Algorithm 1
/// applies to the input). CountBy::mask counts the row's observed cells, which are its stored
/// entries unless `x.cells` says otherwise, CountBy::non_zeros the entries that are not 0.
template <class T>
struct CsrTimesDense {
  static constexpr std::string_view name = "csr_times_dense";

  CsrView<T> x;                ///< [n, d]
  MatrixView<const T> weight;  ///< [d, h]
  const T* bias = nullptr;     ///< [h]
  SparsityNormalization normalization;
  Activation activation = Activation::identity;
  MatrixView<T> y;         ///< [n, h]
  T* row_scale = nullptr;  ///< [n], s, kept for the backward pass
};

/// Everything of the backward pass that does not need X:
///   dz = dy * f'(y),  db = sum over rows of dz,  scaled = s * dz.
/// The weight's gradient is then X^T scaled, by csc_gather_gradient.
template <class T>
struct CsrTimesDenseBackward {
  static constexpr std::string_view name = "csr_times_dense_backward";

  MatrixView<const T> y;         ///< [n, h]
  MatrixView<const T> dy;        ///< [n, h]
  const T* row_scale = nullptr;  ///< [n], from the forward pass
  Activation activation = Activation::identity;
  MatrixView<T> scaled;        ///< [n, h]; may be dy
  T* bias_gradient = nullptr;  ///< [h]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void csr_times_dense(const ExecContext& ctx, const CsrTimesDense<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void csr_times_dense_backward(const ExecContext& ctx, const CsrTimesDenseBackward<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
