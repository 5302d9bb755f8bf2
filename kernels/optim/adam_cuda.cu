// One launch over all parameters; 28 bytes an element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/optim/adam.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const Adam<float>& op) {
  update_chunks<AdamRule<float>, 2>(ctx, "adam", op);
}

template struct Kernel<Adam>;

}  // namespace lacuna::LACUNA_DEVICE
