#include "kernels/dense/bias_activation.hpp"

#include "kernels/core/dispatch.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna {

template <class T>
void bias_activation(const ExecContext& ctx, const BiasActivation<T>& op) {
  dispatch<T>(
      "bias_activation", ctx, [&] { cpu::bias_activation(ctx, op); },
      [&] { cuda::bias_activation(ctx, op); }, [&] { emulated::bias_activation(ctx, op); });
}

template <class T>
void bias_activation_backward(const ExecContext& ctx, const BiasActivationBackward<T>& op) {
  dispatch<T>(
      "bias_activation_backward", ctx, [&] { cpu::bias_activation_backward(ctx, op); },
      [&] { cuda::bias_activation_backward(ctx, op); },
      [&] { emulated::bias_activation_backward(ctx, op); });
  if (op.bias_gradient != nullptr) column_sum<T>(ctx, op.dx, op.bias_gradient);
}

template void bias_activation(const ExecContext&, const BiasActivation<float>&);
template void bias_activation(const ExecContext&, const BiasActivation<double>&);
template void bias_activation_backward(const ExecContext&, const BiasActivationBackward<float>&);
template void bias_activation_backward(const ExecContext&, const BiasActivationBackward<double>&);

}  // namespace lacuna
