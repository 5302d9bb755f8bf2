#pragma once

#include <span>

#include "kernels/core/partition.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna::cpu {

/// Calls update(value, gradient, state0, state1, l2, decay) for every element of every parameter,
/// all in one parallel region. Elements are independent: any order gives the same bits. An
/// optimiser with one state is handed it twice.
template <class T, class Update>
void update_all(const ExecContext& ctx, std::span<const TrainedParameter<T>> parameters,
                const Update& update) {
#pragma omp parallel num_threads(ctx.threads)
  for (const TrainedParameter<T>& p : parameters) {
    T* __restrict value = p.value;
    const T* __restrict gradient = p.gradient;
    T* first = p.state[0];
    T* second = p.state[1] != nullptr ? p.state[1] : first;
    const Blocks blocks{p.size, 16384};
#pragma omp for schedule(static) nowait
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
#pragma omp simd
      for (std::int64_t i = blocks.begin(block); i < blocks.end(block); ++i) {
        update(value[i], gradient[i], first[i], second[i], p.l2, p.decay);
      }
    }
  }
}

}  // namespace lacuna::cpu
