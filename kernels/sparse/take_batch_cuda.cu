// The floor is one read and one write of the batch: 16 bytes an entry, 12 a column with entries and
// 8 a row. Slices begin anywhere, so that nothing is aligned; a warp's accesses are neighbours. The
// grid is for the largest batch.
#include <algorithm>

#include "kernels/core/device_kernel.hpp"
#include "kernels/core/launch.hpp"
#include "kernels/sparse/batch_slice.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned copy_threads = 256;

/// A thread per entry, list and row.
__global__ void copy_slice(TakeBatch<float> op) {
  const std::int64_t i = std::int64_t{blockIdx.x} * copy_threads + threadIdx.x;
  const BatchSlice slice(op);
  if (i < slice.entries) slice.copy_entry(op, i);
  if (i <= slice.lists) slice.copy_list(op, i);
  if (i <= op.rows) slice.copy_pointer(op, i);
  if (i > 0) return;
  op.lists.list_ptr[0] = 0;
  op.lists.list_ptr[1] = slice.lists;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const TakeBatch<float>& op) {
  const std::int64_t most = std::max(op.nnz, op.rows) + 1;  // pointers are one more
  launch(ctx, "take_batch", blocks_for(most, copy_threads), copy_threads, copy_slice, op);
}

template struct Kernel<TakeBatch>;

}  // namespace lacuna::LACUNA_DEVICE
