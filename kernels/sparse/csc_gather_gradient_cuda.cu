// Rows of the source are gathered by the columns' entries: nnz rows of h floats are read, from the
// cache where the source fits into it, and d are written. A warp sums a chunk of entries in
// registers (list_gather.cuh); a second pass adds what chunks left of columns that cross them and
// clears the columns without entries. Each level is a launch of its own.
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/list_gather.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const CscGatherGradient<float>& op) {
  const CscView& pattern = op.pattern;
  ListGather gather{.lists = {pattern.col_ptr, pattern.stored, pattern.nnz, pattern.counted},
                    .index = pattern.row,
                    .from = op.source,
                    .coefficient = op.coefficient,
                    .position = pattern.position,
                    .stride = op.levels};
  ScratchLayout layout;
  const PieceMemory pieces(layout, gather.lists, op.gradient.cols);
  layout.reserve(ctx);
  const MatrixView<float>& all = op.gradient;
  for (std::int64_t level = 0; level < op.levels; ++level) {
    gather.coefficient = op.coefficient + level;
    ListSums sums{.out = {all.data + level * all.stride, all.rows / op.levels, all.cols,
                          all.stride * op.levels},
                  .place = pattern.column,
                  .total = op.column_sum == nullptr ? nullptr : op.column_sum + level,
                  .total_stride = op.levels};
    pieces.assign(layout, sums);
    gather_lists(ctx, "csc_gather_gradient", gather, sums, Unchanged{});
  }
}

template struct Kernel<CscGatherGradient>;

}  // namespace lacuna::LACUNA_DEVICE
