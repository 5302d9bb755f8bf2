// One launch over all parameters; 20 bytes an element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/optim/adagrad.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const AdaGrad<float>& op) {
  update_chunks<AdaGradRule<float>, 1>(ctx, "adagrad", op);
}

template struct Kernel<AdaGrad>;

}  // namespace lacuna::LACUNA_DEVICE
