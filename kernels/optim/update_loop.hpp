#pragma once

#include <span>

#include "kernels/core/partition.hpp"
#include "kernels/optim/update_rules.hpp"

namespace lacuna::cpu {

/// Applies `rule` to every element of every parameter, all in one parallel region, unless the step
/// is stopped. Elements are independent: any order gives the same bits. A rule of one state is
/// handed it twice.
template <class T, class Rule>
void update_all(const ExecContext& ctx, std::span<const TrainedParameter<T>> parameters,
                const Clock& clock, const Rule& rule) {
  if (clock.stopped != 0) return;
  std::int64_t size = 0;
  for (const TrainedParameter<T>& p : parameters) size += p.size;
#pragma omp parallel num_threads(team(ctx, size))
  for (const TrainedParameter<T>& p : parameters) {
    T* __restrict value = p.value;
    const T* __restrict gradient = p.gradient;
    T* first = p.state[0];
    T* second = p.state[1] != nullptr ? p.state[1] : first;
    const T l2 = penalty_of(p, clock);
    const T decay = static_cast<T>(p.decay);
    const Blocks blocks{p.size, 16384};
#pragma omp for schedule(static) nowait
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
#pragma omp simd
      for (std::int64_t i = blocks.begin(block); i < blocks.end(block); ++i) {
        rule(value[i], gradient[i], first[i], second[i], l2, decay);
      }
    }
  }
}

}  // namespace lacuna::cpu
