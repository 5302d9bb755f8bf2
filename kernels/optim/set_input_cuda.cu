// One thread, and a launch's latency.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/launch.hpp"
#include "kernels/optim/set_input.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

__global__ void store_input(StepInput value, StepInput* input) {
  *input = value;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const SetInput<float>& op) {
  launch(ctx, "set_input", 1, 1, store_input, op.value, op.input);
}

template struct Kernel<SetInput>;

}  // namespace lacuna::LACUNA_DEVICE
