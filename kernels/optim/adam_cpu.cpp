#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/adam.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const Adam<T>& op) {
  update_all(ctx, op.parameters, *op.clock, AdamRule<T>(op.settings, *op.clock, *op.state));
}

template struct Kernel<Adam>;

}  // namespace lacuna::cpu
