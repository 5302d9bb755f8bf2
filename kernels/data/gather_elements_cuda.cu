// A thread per row of the batch: some thousands at most, so that the launch is all it costs.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/launch.hpp"
#include "kernels/data/gather_elements.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

__global__ void gather(GatherElements<float> op) {
  const std::int64_t r = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
  if (r >= op.rows) return;
  const std::int64_t source = op.batch.source(r);
  if (op.labels != nullptr) op.batch_labels[r] = op.labels[source];
  if (op.weights != nullptr) op.batch_weights[r] = op.weights[source];
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GatherElements<float>& op) {
  constexpr unsigned threads = 128;
  launch(ctx, "gather_elements", blocks_for(op.rows, threads), threads, gather, op);
}

template struct Kernel<GatherElements>;

}  // namespace lacuna::LACUNA_DEVICE
