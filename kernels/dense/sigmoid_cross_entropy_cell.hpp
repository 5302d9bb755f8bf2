#pragma once

#include "kernels/core/elementary.hpp"
#include "kernels/dense/cell_loss.hpp"
#include "kernels/dense/sigmoid_cross_entropy.hpp"

/// What sigmoid_cross_entropy makes of one cell, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

template <class T>
struct SigmoidCrossEntropyCell {
  static constexpr double slope = 1;
  T weight, logit, target;

  LACUNA_INLINE SigmoidCrossEntropyCell(T weight_, T logit_, T target_)
      : weight(weight_),
        logit(weight_ == T(0) ? T(0) : logit_),
        target(weight_ == T(0) ? T(0) : target_) {}

  /// max(z, 0) - t z as one product: their difference would lose what 1 - t leaves of a large z.
  LACUNA_INLINE double loss() const {
    const T linear = logit * ((logit > T(0) ? T(1) : T(0)) - target);
    return static_cast<double>(weight) *
           static_cast<double>(linear + elementary::softplus_tail(logit));
  }
  LACUNA_INLINE T gradient(T scale) const {
    return scale * (weight * (elementary::sigmoid(logit) - target));
  }
};

template <class T>
LACUNA_INLINE CellLoss<T> cells_of(const SigmoidCrossEntropy<T>& op) {
  return {op.logits, op.target, op.observed, op.row_weight, op.scale, op.loss, op.logits_gradient};
}

}  // namespace LACUNA_NS
}  // namespace lacuna
