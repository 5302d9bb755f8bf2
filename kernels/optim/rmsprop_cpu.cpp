#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/rmsprop.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const RMSProp<T>& op) {
  update_all(ctx, op.parameters, *op.clock, RMSPropRule<T>(op.settings, *op.clock, *op.state));
}

template struct Kernel<RMSProp>;

}  // namespace lacuna::cpu
