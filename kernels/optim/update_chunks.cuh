#pragma once

#include "kernels/core/shared_array.hpp"
#include "kernels/optim/parameter_chunks.cuh"
#include "kernels/optim/update_rules.hpp"

/// What the optimisers share. The floor is one read of value, gradient and states and one write of
/// value and states: 28 bytes an element for Adam. A block's loads are all under way before its
/// first thread works out the rule's constants (powers of beta, in double), so that these may cost
/// no time of their own.
namespace lacuna {
inline namespace LACUNA_NS {

/// `States` arrays of state are kept: a rule of one is handed a number of no meaning as the other.
template <class Rule, int States, class Settings>
__global__ void __launch_bounds__(parameter_threads, 3)
    update_chunk(ParameterGroup group, Settings settings, const Clock* clock,
                 const OptimizerState* state) {
  static_assert(sizeof(group) + sizeof(settings) + 2 * sizeof(state) <= 4096, "CUDA's limit");
  if (clock->stopped != 0) return;
  const ParameterChunk chunk(group);
  const TrainedParameter<float> p = group.parameter[chunk.index];
  ChunkPacks value = ChunkPacks::read(chunk, p.value, p.size);
  const ChunkPacks gradient = ChunkPacks::read(chunk, p.gradient, p.size);
  ChunkPacks states[2] = {};
  for (std::size_t s = 0; s < States; ++s) {
    states[s] = ChunkPacks::read(chunk, p.state[s], p.size);
  }
  Rule* rule = shared_array<Rule, 1, Rule>();
  if (threadIdx.x == 0) *rule = Rule(settings, *clock, *state);
  __syncthreads();
  const float l2 = penalty_of(p, *clock);
  const float decay = static_cast<float>(p.decay);
  for (int v = 0; v < chunk_packs; ++v) {
    for (int j = 0; j < 4; ++j) {
      (*rule)(value.pack[v].x[j], gradient.pack[v].x[j], states[0].pack[v].x[j],
              states[1].pack[v].x[j], l2, decay);
    }
  }
  value.write(chunk, p.value, p.size);
  for (std::size_t s = 0; s < States; ++s) states[s].write(chunk, p.state[s], p.size);
}

template <class Rule, int States, class Op>
void update_chunks(const ExecContext& ctx, const char* name, const Op& op) {
  for_groups(op.parameters, [&](const ParameterGroup& group) {
    launch(ctx, name, group.chunks(), parameter_threads,
           update_chunk<Rule, States, decltype(op.settings)>, group, op.settings, op.clock,
           op.state);
  });
}

}  // namespace LACUNA_NS
}  // namespace lacuna
