#pragma once

#include <cstdint>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// The negative log likelihood of labels under the softmax of logits, in nats, with its gradient:
///   w_r = row_weight[r] class_weight[label[r]], 0 without label;  p = softmax(logits[r])
///   loss = {sum of w_r (-log p[label[r]]), sum of w_r}
///   logits_gradient[r] = scale w_r / (sum of w) (p - onehot(label[r]))
/// that is, the gradient of scale loss.sum / loss.count. Rows of weight 0 count nowhere, whatever
/// their logits; a NaN in another row makes the loss NaN. Same bits at any number of threads.
template <class T>
struct SoftmaxCrossEntropy {
  static constexpr std::string_view name = "softmax_cross_entropy";

  MatrixView<const T> logits;           ///< [rows, c]
  const std::int32_t* label = nullptr;  ///< [rows], below c; -1: the row has none
  const T* row_weight = nullptr;        ///< [rows], not negative; nullptr: 1
  const T* class_weight = nullptr;      ///< [c], not negative; nullptr: 1
  double scale = 1;
  LossSum* loss = nullptr;             ///< [1]
  MatrixView<T> logits_gradient = {};  ///< [rows, c]; no data: not wanted
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void softmax_cross_entropy(const ExecContext& ctx, const SoftmaxCrossEntropy<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
