#include "kernels/core/cpu_kernel.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const RProp<T>& op) {
  update_all(ctx, op.parameters, *op.clock, RPropRule<T>(op.settings, *op.clock, *op.state));
}

template struct Kernel<RProp>;

}  // namespace lacuna::cpu
