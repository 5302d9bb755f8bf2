// A block per row: it counts the row's entries, clears the row, and writes the entries where they
// belong. The floor is one write of the rows; entries, which are read twice, stay in L1.
#include "kernels/core/block_sum.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/shared_array.hpp"
#include "kernels/sparse/row_entries.cuh"
#include "kernels/sparse/scatter_rows.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

constexpr unsigned scatter_threads = 256;

/// One thread divides; the others read what it found.
__device__ float scale_of(const ScatterRows<float>& op, const RowEntries& row) {
  struct Tag;
  float* scale = shared_array<float, 1, Tag>();
  int zeros = 0;
  for (std::int64_t e = row.begin + threadIdx.x; e < row.end; e += scatter_threads) {
    zeros += op.x.value[e] == 0.0F;
  }
  const std::int64_t stored = row.end - row.begin;
  const std::int64_t non_zeros = stored - block_sum<scatter_threads>(zeros);
  if (threadIdx.x == 0) {
    const std::int64_t cells = op.x.cells == nullptr ? stored : op.x.cells[blockIdx.x];
    const bool by_mask = op.normalization.count_by == CountBy::mask;
    *scale = sparsity_scale<float>(op.normalization, by_mask ? cells : non_zeros);
  }
  __syncthreads();
  return *scale;
}

template <int Width>
__global__ void __launch_bounds__(scatter_threads) scatter(ScatterRows<float> op) {
  const RowEntries row(op.x, blockIdx.x);
  float* y = op.y.row(blockIdx.x);
  clear_row<Width, scatter_threads>(y, op.y.cols);
  const float scale = scale_of(op, row);  // it ends with a barrier: the row is clear
  for (std::int64_t e = row.begin + threadIdx.x; e < row.end; e += scatter_threads) {
    y[op.x.col[e]] = scale * op.x.value[e];
  }
}

}  // namespace

void compute(Here, const ExecContext& ctx, const ScatterRows<float>& op) {
  with_width(fits_packs(op.y), [&]<int Width>(std::integral_constant<int, Width>) {
    launch(ctx, "scatter_rows", blocks_for(op.y.rows, 1), scatter_threads, scatter<Width>, op);
  });
}

template struct Kernel<ScatterRows>;

}  // namespace lacuna::LACUNA_DEVICE
