#include "kernels/sparse/sort_by_column.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
CscView sort_by_column(const ExecContext& ctx, const SortByColumn<T>& op) {
  std::int64_t stored = op.rows.cols;
  dispatch<T>(
      "sort_by_column", ctx, [&] { stored = cpu::sort_by_column(ctx, op); },
      [&] { cuda::sort_by_column(ctx, op); }, [&] { emulated::sort_by_column(ctx, op); });
  return {op.rows.rows, op.rows.cols, stored,      op.column,
          op.col_ptr,   op.row,       op.position, op.rows.nnz};
}

template CscView sort_by_column(const ExecContext&, const SortByColumn<float>&);
template CscView sort_by_column(const ExecContext&, const SortByColumn<double>&);

}  // namespace lacuna
