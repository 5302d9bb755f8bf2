// One launch over all parameters; 28 bytes an element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/optim/rmsprop.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const RMSProp<float>& op) {
  update_chunks<RMSPropRule<float>, 2>(ctx, "rmsprop", op);
}

template struct Kernel<RMSProp>;

}  // namespace lacuna::LACUNA_DEVICE
