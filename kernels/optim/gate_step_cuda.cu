// Each chunk says whether its gradients are finite, then one block takes the first parameter of
// which some are not, and decides. The floor is one read of the gradients; the update that follows
// finds them in L2 where they fit.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/optim/gate_rule.hpp"
#include "kernels/optim/parameter_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr int every_finite = std::numeric_limits<int>::max();

/// found[chunk] = the parameter's number in the list if its gradient is not finite there.
__global__ void find_non_finite(ParameterGroup group, int* found) {
  const ParameterChunk chunk(group);
  const TrainedParameter<float> p = group.parameter[chunk.index];
  const ChunkPacks gradient = ChunkPacks::read(chunk, p.gradient, p.size);
  int bad = 0;
  for (const Pack<4>& pack : gradient.pack) {
    for (const float g : pack.x) bad += std::isfinite(g) ? 0 : 1;
  }
  bad = block_sum<parameter_threads>(bad);
  if (threadIdx.x != 0) return;
  found[group.chunks_of_earlier + blockIdx.x] =
      bad > 0 ? group.first_parameter + chunk.index : every_finite;
}

__global__ void decide(const int* found, std::int64_t chunks, GateStep<float> op) {
  int first = every_finite;
  for (std::int64_t i = threadIdx.x; i < chunks; i += parameter_threads) {
    first = found[i] < first ? found[i] : first;
  }
  first = block_min<parameter_threads>(first);
  if (threadIdx.x != 0) return;
  take_step(op, first == every_finite ? -1 : first);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GateStep<float>& op) {
  const std::int64_t chunks = chunks_of(op.parameters);
  int* found = reserve<int>(ctx, std::max<std::int64_t>(chunks, 1));
  for_groups(op.parameters, [&](const ParameterGroup& group) {
    launch(ctx, "gate_step", group.chunks(), parameter_threads, find_non_finite, group, found);
  });
  launch(ctx, "gate_step", 1, parameter_threads, decide, found, chunks, op);
}

template struct Kernel<GateStep>;

}  // namespace lacuna::LACUNA_DEVICE
