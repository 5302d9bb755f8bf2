#include "kernels/dense/softmax.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void softmax(const ExecContext& ctx, const Softmax<T>& op) {
  dispatch<T>(
      "softmax", ctx, [&] { cpu::softmax(ctx, op); }, [&] { cuda::softmax(ctx, op); },
      [&] { emulated::softmax(ctx, op); });
}

template void softmax(const ExecContext&, const Softmax<float>&);
template void softmax(const ExecContext&, const Softmax<double>&);

}  // namespace lacuna
