#include <cmath>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/optim/average.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const Average<T>& op) {
  if (op.clock->stopped != 0) return;
  const T share = static_cast<T>(newest_share(op.decay, op.clock->input.step));
  std::int64_t size = 0;
  for (const TrainedParameter<T>& p : op.parameters) size += p.size;
#pragma omp parallel num_threads(team(ctx, size))
  for (const TrainedParameter<T>& p : op.parameters) {
    const T* __restrict value = p.value;
    T* __restrict mean = p.state[0];
    const Blocks blocks{p.size, 16384};
#pragma omp for schedule(static) nowait
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
#pragma omp simd
      for (std::int64_t i = blocks.begin(block); i < blocks.end(block); ++i) {
        mean[i] = std::fma(share, value[i] - mean[i], mean[i]);
      }
    }
  }
}

template struct Kernel<Average>;

}  // namespace lacuna::cpu
