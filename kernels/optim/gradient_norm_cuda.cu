// Chunks leave their sums of squares in scratch, one block adds them in order. The floor is one
// read of the gradients, and of the values of parameters with a penalty.
#include <algorithm>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/optim/gradient_norm.hpp"
#include "kernels/optim/parameter_chunks.cuh"
#include "kernels/optim/update_rules.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

__global__ void sum_chunk_squares(ParameterGroup group, const Clock* clock, double* partial) {
  const ParameterChunk chunk(group);
  const TrainedParameter<float> p = group.parameter[chunk.index];
  const float l2 = penalty_of(p, *clock);
  const ChunkPacks gradient = ChunkPacks::read(chunk, p.gradient, p.size);
  ChunkPacks value = {};
  if (l2 != 0.0F) value = ChunkPacks::read(chunk, p.value, p.size);
  double sum = 0;
  for (int v = 0; v < chunk_packs; ++v) {
    for (int j = 0; j < 4; ++j) {
      const float g = total_gradient(1.0F, l2, value.pack[v].x[j], gradient.pack[v].x[j]);
      sum += static_cast<double>(g) * static_cast<double>(g);
    }
  }
  sum = block_sum<parameter_threads>(sum);
  if (threadIdx.x == 0) partial[group.chunks_of_earlier + blockIdx.x] = sum;
}

__global__ void finish_norm(const double* partial, std::int64_t chunks, double largest,
                            OptimizerState* state, double* norm) {
  const double squares = sum_of_partials<parameter_threads>(partial, chunks);
  if (threadIdx.x != 0) return;
  *norm = std::sqrt(squares);
  state->gradient_scale = clipping_scale(*norm, largest);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GradientNorm<float>& op) {
  const std::int64_t chunks = chunks_of(op.parameters);
  double* partial = reserve<double>(ctx, std::max<std::int64_t>(chunks, 1));
  for_groups(op.parameters, [&](const ParameterGroup& group) {
    launch(ctx, "gradient_norm", group.chunks(), parameter_threads, sum_chunk_squares, group,
           op.clock, partial);
  });
  launch(ctx, "gradient_norm", 1, parameter_threads, finish_norm, partial, chunks, op.largest,
         op.state, op.norm);
}

template struct Kernel<GradientNorm>;

}  // namespace lacuna::LACUNA_DEVICE
