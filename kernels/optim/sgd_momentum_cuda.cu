// One launch over all parameters; 20 bytes an element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const SgdMomentum<float>& op) {
  update_chunks<SgdRule<float>, 1>(ctx, "sgd_momentum", op);
}

template struct Kernel<SgdMomentum>;

}  // namespace lacuna::LACUNA_DEVICE
