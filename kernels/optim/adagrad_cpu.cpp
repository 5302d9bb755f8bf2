#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/adagrad.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const AdaGrad<T>& op) {
  update_all(ctx, op.parameters, *op.clock, AdaGradRule<T>(op.settings, *op.clock, *op.state));
}

template struct Kernel<AdaGrad>;

}  // namespace lacuna::cpu
