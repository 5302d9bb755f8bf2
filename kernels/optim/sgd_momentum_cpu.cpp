#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const SgdMomentum<T>& op) {
  update_all(ctx, op.parameters, *op.clock, SgdRule<T>(op.settings, *op.clock, *op.state));
}

template struct Kernel<SgdMomentum>;

}  // namespace lacuna::cpu
