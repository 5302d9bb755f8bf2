// Rows of the source are gathered by the columns' entries: nnz rows of h floats are read, from the
// cache where the source fits into it, and d are written. A warp sums a chunk of entries in
// registers (list_gather.cuh); a second pass adds what chunks left of columns that cross them and
// clears the columns without entries.
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/list_gather.cuh"

namespace lacuna::LACUNA_DEVICE {

void compute(Here, const ExecContext& ctx, const CscGatherGradient<float>& op) {
  const CscView& pattern = op.pattern;
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
