#include "kernels/optim/gradient_norm.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void gradient_norm(const ExecContext& ctx, const GradientNorm<T>& op) {
  dispatch<T>(
      "gradient_norm", ctx, [&] { cpu::gradient_norm(ctx, op); },
      [&] { cuda::gradient_norm(ctx, op); }, [&] { emulated::gradient_norm(ctx, op); });
}

template void gradient_norm(const ExecContext&, const GradientNorm<float>&);
template void gradient_norm(const ExecContext&, const GradientNorm<double>&);

}  // namespace lacuna
