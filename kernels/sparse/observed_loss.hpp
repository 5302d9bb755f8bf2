#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// The linear decoder and its squared error at observed cells only; the n x d matrix never exists.
///   p[e] = H[r] . W[c] + b[c]  for each target entry e = (r, c, t),  loss = sum_e (p[e] - t[e])^2
/// (Sedhain et al., *AutoRec*, eq. 2 without the penalty), its derivatives
///   dp[e] = 2 (p[e] - t[e]),  dH[r] = sum over the row's entries of dp[e] W[c],
/// all in one visit of the decoder's rows. dW and db are then gathered by csc_gather_gradient.
template <class T>
struct ObservedLoss {
  static constexpr std::string_view name = "observed_loss";

  MatrixView<const T> hidden;        ///< [n, h]
  MatrixView<const T> weight;        ///< [d, h]
  const T* bias = nullptr;           ///< [d]
  CsrView<T> target;                 ///< [n, d]
  LossSum* loss = nullptr;           ///< [1], the sum over the entries and their number
  T* prediction_gradient = nullptr;  ///< [nnz], in the order of `target`
  MatrixView<T> hidden_gradient;     ///< [n, h]
};

/// The predictions alone, clipped by nothing: p[e] for each entry of `cells` (its values are not
/// read).
template <class T>
struct ObservedPrediction {
  static constexpr std::string_view name = "observed_prediction";

  MatrixView<const T> hidden;  ///< [n, h]
  MatrixView<const T> weight;  ///< [d, h]
  const T* bias = nullptr;     ///< [d]
  CsrView<T> cells;            ///< [n, d]
  T* prediction = nullptr;     ///< [nnz]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void observed_loss(const ExecContext& ctx, const ObservedLoss<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void observed_prediction(const ExecContext& ctx, const ObservedPrediction<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
