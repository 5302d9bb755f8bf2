#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna {

/// y = f(x + b), row by row; y may be x.
template <class T>
struct BiasActivation {
  static constexpr std::string_view name = "bias_activation";

  MatrixView<const T> x;    ///< [n, h]
  const T* bias = nullptr;  ///< [h]; nullptr: none
  Activation activation = Activation::identity;
  MatrixView<T> y;  ///< [n, h]
};

/// dx = dy * f'(y), db = sum over rows of dx; dx may be dy.
template <class T>
struct BiasActivationBackward {
  static constexpr std::string_view name = "bias_activation_backward";

  MatrixView<const T> y;   ///< [n, h]
  MatrixView<const T> dy;  ///< [n, h]
  Activation activation = Activation::identity;
  MatrixView<T> dx;            ///< [n, h]
  T* bias_gradient = nullptr;  ///< [h]; nullptr: not wanted
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void bias_activation(const ExecContext& ctx, const BiasActivation<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void bias_activation_backward(const ExecContext& ctx, const BiasActivationBackward<T>& op) {
  dispatch(ctx, op);
  if (op.bias_gradient != nullptr) column_sum<T>(ctx, {op.dx, op.bias_gradient});
}

}  // namespace lacuna
