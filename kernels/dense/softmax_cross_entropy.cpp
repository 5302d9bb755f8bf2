#include "kernels/dense/softmax_cross_entropy.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void softmax_cross_entropy(const ExecContext& ctx, const SoftmaxCrossEntropy<T>& op) {
  dispatch<T>(
      "softmax_cross_entropy", ctx, [&] { cpu::softmax_cross_entropy(ctx, op); },
      [&] { cuda::softmax_cross_entropy(ctx, op); },
      [&] { emulated::softmax_cross_entropy(ctx, op); });
}

template void softmax_cross_entropy(const ExecContext&, const SoftmaxCrossEntropy<float>&);
template void softmax_cross_entropy(const ExecContext&, const SoftmaxCrossEntropy<double>&);

}  // namespace lacuna
