#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// The squared error over observed cells, with its gradient:
///   w[r, j] = row_weight[r] observed[r, j];  e = prediction - target
///   loss = {sum of w e^2, sum of w};  prediction_gradient = scale 2 w e / (sum of w)
/// that is, the gradient of scale loss.sum / loss.count. Cells of weight 0 count nowhere, whatever
/// stands in them; a NaN in another one makes the loss NaN. Same bits at any number of threads.
template <class T>
struct SquaredError {
  static constexpr std::string_view name = "squared_error";

  MatrixView<const T> prediction;     ///< [rows, k]
  MatrixView<const T> target;         ///< [rows, k]
  MatrixView<const T> observed = {};  ///< [rows, k], 1 or 0; no data: all are observed
  const T* row_weight = nullptr;      ///< [rows], not negative; nullptr: 1
  double scale = 1;
  LossSum* loss = nullptr;                 ///< [1]
  MatrixView<T> prediction_gradient = {};  ///< [rows, k]; no data: not wanted
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void squared_error(const ExecContext& ctx, const SquaredError<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
