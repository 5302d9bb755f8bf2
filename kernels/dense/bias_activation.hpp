#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/exec_context.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// y = f(x + b), row by row; y may be x.
template <class T>
struct BiasActivation {
  MatrixView<const T> x;    ///< [n, h]
  const T* bias = nullptr;  ///< [h]; nullptr: none
  Activation activation = Activation::identity;
  MatrixView<T> y;  ///< [n, h]
};

/// dx = dy * f'(y), db = sum over rows of dx; dx may be dy.
template <class T>
struct BiasActivationBackward {
  MatrixView<const T> y;   ///< [n, h]
  MatrixView<const T> dy;  ///< [n, h]
  Activation activation = Activation::identity;
  MatrixView<T> dx;            ///< [n, h]
  T* bias_gradient = nullptr;  ///< [h]; nullptr: not wanted
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void bias_activation(const ExecContext& ctx, const BiasActivation<T>& op);
template <class T>
void bias_activation_backward(const ExecContext& ctx, const BiasActivationBackward<T>& op);

namespace cpu {
template <class T>
void bias_activation(const ExecContext& ctx, const BiasActivation<T>& op);
template <class T>
void bias_activation_backward(const ExecContext& ctx, const BiasActivationBackward<T>& op);
}  // namespace cpu
namespace cuda {
template <class T>
void bias_activation(const ExecContext& ctx, const BiasActivation<T>& op);
template <class T>
void bias_activation_backward(const ExecContext& ctx, const BiasActivationBackward<T>& op);
}  // namespace cuda
namespace emulated {
template <class T>
void bias_activation(const ExecContext& ctx, const BiasActivation<T>& op);
template <class T>
void bias_activation_backward(const ExecContext& ctx, const BiasActivationBackward<T>& op);
}  // namespace emulated

}  // namespace lacuna
