#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/add.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const Add<T>& op) {
  const Blocks blocks{static_cast<std::int64_t>(op.x.size()), 16384};
  const T* __restrict x = op.x.data();
  T* __restrict y = op.y;
#pragma omp parallel for num_threads(team(ctx, blocks.size)) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
#pragma omp simd
    for (std::int64_t i = blocks.begin(block); i < blocks.end(block); ++i) y[i] += x[i];
  }
}

template struct Kernel<Add>;

}  // namespace lacuna::cpu
