// Rows of the source are gathered by the columns' entries: nnz rows of h floats are read, from the
// cache where the source fits into it, and d are written. A warp sums a chunk of entries in
// registers (list_gather.cuh); a second pass adds what chunks left of columns that cross them.
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/list_gather.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// A warp per row.
__global__ void clear_rows(MatrixView<float> matrix, float* sum) {
  const std::int64_t row = (std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x) / warp_lanes;
  if (row >= matrix.rows) return;
  for (std::int64_t j = lane_of_warp(); j < matrix.cols; j += warp_lanes) matrix.row(row)[j] = 0;
  if (sum != nullptr && lane_of_warp() == 0) sum[row] = 0;
}

}  // namespace

void compute(Here, const ExecContext& ctx, const CscGatherGradient<float>& op) {
  const CscView& pattern = op.pattern;
  if (pattern.counted != nullptr || pattern.stored < pattern.cols) {
    constexpr unsigned threads = 256;
    launch(ctx, "csc_gather_gradient", dim3(blocks_for(pattern.cols, threads / warp_lanes)),
           threads, clear_rows, op.gradient, op.column_sum);
  }
  const ListGather gather{.lists = {pattern.col_ptr, pattern.stored, pattern.nnz, pattern.counted},
                          .index = pattern.row,
                          .from = op.source,
                          .coefficient = op.coefficient,
                          .position = pattern.position};
  ListSums sums{.out = op.gradient, .place = pattern.column, .total = op.column_sum};
  ScratchLayout layout;
  const PieceMemory pieces(layout, gather.lists, op.gradient.cols);
  layout.reserve(ctx);
  pieces.assign(layout, sums);
  gather_lists(ctx, "csc_gather_gradient", gather, sums, Unchanged{});
}

template struct Kernel<CscGatherGradient>;

}  // namespace lacuna::LACUNA_DEVICE
