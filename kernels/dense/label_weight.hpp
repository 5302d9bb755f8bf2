#pragma once

#include <cstdint>

#include "kernels/core/device_code.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"

/// What a row counts in softmax_cross_entropy, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

template <class T>
LACUNA_INLINE T label_weight(const SoftmaxCrossEntropy<T>& op, std::int64_t r) {
  const std::int32_t label = op.label[r];
  if (label < 0) return T(0);
  const T of_row = op.row_weight == nullptr ? T(1) : op.row_weight[r];
  const T of_class = op.class_weight == nullptr ? T(1) : op.class_weight[label];
  return of_row * of_class;
}

/// The factor of (p - onehot) in the gradient of a row of weight `weight`.
template <class T>
LACUNA_INLINE T gradient_share(double scale, T weight, double sum_of_weights) {
  return static_cast<T>(scale * static_cast<double>(weight) / sum_of_weights);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
