#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// The cross entropy of targets in [0, 1] and the sigmoid of logits over observed cells, in nats,
/// with its gradient:
///   w[r, j] = row_weight[r] observed[r, j];  z = logits[r, j];  t = target[r, j]
///   loss = {sum of w (softplus(z) - t z), sum of w}
///   logits_gradient = scale w (sigmoid(z) - t) / (sum of w)
/// that is, the gradient of scale loss.sum / loss.count; -t log p - (1 - t) log(1 - p) for p =
/// sigmoid(z), which large logits do not overflow. Cells of weight 0 count nowhere, whatever stands
/// in them; a NaN in another one makes the loss NaN. Same bits at any number of threads.
template <class T>
struct SigmoidCrossEntropy {
  static constexpr std::string_view name = "sigmoid_cross_entropy";

  MatrixView<const T> logits;         ///< [rows, k]
  MatrixView<const T> target;         ///< [rows, k]
  MatrixView<const T> observed = {};  ///< [rows, k], 1 or 0; no data: all are observed
  const T* row_weight = nullptr;      ///< [rows], not negative; nullptr: 1
  double scale = 1;
  LossSum* loss = nullptr;             ///< [1]
  MatrixView<T> logits_gradient = {};  ///< [rows, k]; no data: not wanted
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void sigmoid_cross_entropy(const ExecContext& ctx, const SigmoidCrossEntropy<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
