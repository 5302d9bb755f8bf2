// One launch over all parameters; 12 bytes an element.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/launch.hpp"
#include "kernels/optim/average.hpp"
#include "kernels/optim/parameter_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

__global__ void __launch_bounds__(parameter_threads)
    average_chunk(ParameterGroup group, double decay, const Clock* clock) {
  if (clock->stopped != 0) return;
  const ParameterChunk chunk(group);
  const TrainedParameter<float> p = group.parameter[chunk.index];
  const ChunkPacks value = ChunkPacks::read(chunk, p.value, p.size);
  ChunkPacks mean = ChunkPacks::read(chunk, p.state[0], p.size);
  const auto share = static_cast<float>(newest_share(decay, clock->input.step));
  for (int v = 0; v < chunk_packs; ++v) {
    for (int j = 0; j < 4; ++j) {
      float& own = mean.pack[v].x[j];
      own = std::fma(share, value.pack[v].x[j] - own, own);
    }
  }
  mean.write(chunk, p.state[0], p.size);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const Average<float>& op) {
  for_groups(op.parameters, [&](const ParameterGroup& group) {
    launch(ctx, "average", group.chunks(), parameter_threads, average_chunk, group, op.decay,
           op.clock);
  });
}

template struct Kernel<Average>;

}  // namespace lacuna::LACUNA_DEVICE
