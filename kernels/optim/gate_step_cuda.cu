// Each chunk says whether its gradients are finite and, where they are clipped, adds up their
// squares; then one block takes the first parameter of which some are not finite, and decides. The
// floor is one read of the gradients, for the norm also of the values of parameters with a penalty;
// the update that follows finds them in L2 where they fit.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/scratch_layout.hpp"
#include "kernels/optim/gate_rule.hpp"
#include "kernels/optim/parameter_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr int every_finite = std::numeric_limits<int>::max();

/// What the chunks found.
struct Findings {
  int* bad;         ///< [chunks], the parameter's number in the list if its gradient is not finite
  double* squares;  ///< [chunks]; nullptr: no norm is wanted
};

__device__ double sum_of_squares(const TrainedParameter<float>& p, float l2,
                                 const ParameterChunk& chunk, const ChunkPacks& gradient) {
  ChunkPacks value = {};
  if (l2 != 0.0F) value = ChunkPacks::read(chunk, p.value, p.size);
  double sum = 0;
  for (int v = 0; v < chunk_packs; ++v) {
    for (int j = 0; j < 4; ++j) {
      const float g = total_gradient(1.0F, l2, value.pack[v].x[j], gradient.pack[v].x[j]);
      sum += static_cast<double>(g) * static_cast<double>(g);
    }
  }
  return block_sum<parameter_threads>(sum);
}

__global__ void look_at_chunk(ParameterGroup group, const Clock* clock, Findings found) {
  const ParameterChunk chunk(group);
  const TrainedParameter<float> p = group.parameter[chunk.index];
  const ChunkPacks gradient = ChunkPacks::read(chunk, p.gradient, p.size);
  int bad = 0;
  for (const Pack<4>& pack : gradient.pack) {
    for (const float g : pack.x) bad += std::isfinite(g) ? 0 : 1;
  }
  bad = block_sum<parameter_threads>(bad);
  double squares = 0;
  if (found.squares != nullptr) squares = sum_of_squares(p, penalty_of(p, *clock), chunk, gradient);
  if (threadIdx.x != 0) return;
  const std::int64_t number = group.chunks_of_earlier + blockIdx.x;
  found.bad[number] = bad > 0 ? group.first_parameter + chunk.index : every_finite;
  if (found.squares != nullptr) found.squares[number] = squares;
}

__global__ void decide(Findings found, std::int64_t chunks, GateStep<float> op) {
  int first = every_finite;
  for (std::int64_t i = threadIdx.x; i < chunks; i += parameter_threads) {
    first = found.bad[i] < first ? found.bad[i] : first;
  }
  first = block_min<parameter_threads>(first);
  double squares = 0;
  if (found.squares != nullptr) squares = sum_of_partials<parameter_threads>(found.squares, chunks);
  if (threadIdx.x != 0) return;
  take_step(op, first == every_finite ? -1 : first, squares);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GateStep<float>& op) {
  const std::int64_t chunks = chunks_of(op.parameters);
  ScratchLayout layout;
  const std::size_t bad = layout.add<int>(std::max<std::int64_t>(chunks, 1));
  const std::size_t squares = layout.add<double>(op.largest > 0 ? chunks : 0);
  layout.reserve(ctx);
  const Findings found{layout.at<int>(bad), op.largest > 0 ? layout.at<double>(squares) : nullptr};
  for_groups(op.parameters, [&](const ParameterGroup& group) {
    launch(ctx, "gate_step", group.chunks(), parameter_threads, look_at_chunk, group, op.clock,
           found);
  });
  launch(ctx, "gate_step", 1, parameter_threads, decide, found, chunks, op);
}

template struct Kernel<GateStep>;

}  // namespace lacuna::LACUNA_DEVICE
