#include "kernels/core/cpu_kernel.hpp"
#include "kernels/sparse/batch_slice.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const TakeBatch<T>& op) {
  const BatchSlice slice(op);
  op.lists.list_ptr[0] = 0;
  op.lists.list_ptr[1] = slice.lists;
#pragma omp parallel num_threads(ctx.threads)
  {
#pragma omp for schedule(static) nowait
    for (std::int64_t i = 0; i <= op.rows; ++i) slice.copy_pointer(op, i);
#pragma omp for schedule(static) nowait
    for (std::int64_t i = 0; i < slice.entries; ++i) slice.copy_entry(op, i);
#pragma omp for schedule(static) nowait
    for (std::int64_t i = 0; i <= slice.lists; ++i) slice.copy_list(op, i);
  }
}

template struct Kernel<TakeBatch>;

}  // namespace lacuna::cpu
