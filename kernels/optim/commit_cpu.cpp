#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/optim/commit.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const Commit<T>& op) {
  const Blocks blocks{static_cast<std::int64_t>(op.to.size()), 16384};
  if (blocks.size == 0 || op.clock->stopped != 0) return;
  const T* from = op.from.data();
  T* to = op.to.data();
#pragma omp parallel for num_threads(team(ctx, blocks.size)) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    std::copy(from + blocks.begin(block), from + blocks.end(block), to + blocks.begin(block));
  }
}

template struct Kernel<Commit>;

}  // namespace lacuna::cpu
