// One launch over all parameters; 28 bytes an element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const RProp<float>& op) {
  update_chunks<RPropRule<float>, 2>(ctx, "rprop", op);
}

template struct Kernel<RProp>;

}  // namespace lacuna::LACUNA_DEVICE
