#include "kernels/core/cpu_kernel.hpp"
#include "kernels/sparse/sort_by_column.hpp"

#include <algorithm>
#include <utility>

namespace lacuna::cpu {

/// A counting sort on one thread: it runs beside the training of the epoch before.
template <class T>
void compute(Here, const ExecContext&, const SortByColumn<T>& op) {
  const CsrView<T>& rows = op.rows;
  std::fill_n(op.next, rows.cols, 0);
  for (std::int64_t e = rows.first; e < rows.first + rows.nnz; ++e) ++op.next[rows.col[e]];

  std::int64_t stored = 0;
  std::int64_t sum = 0;
  for (std::int64_t c = 0; c < rows.cols; ++c) {
    if (op.next[c] == 0) continue;
    op.column[stored] = static_cast<std::int32_t>(c);
    op.col_ptr[stored++] = sum;
    sum += std::exchange(op.next[c], sum);
  }
  op.col_ptr[stored] = sum;

  for (std::int64_t r = 0; r < rows.rows; ++r) {
    for (std::int64_t e = rows.row_ptr[r]; e < rows.row_ptr[r + 1]; ++e) {
      const std::int64_t slot = op.next[rows.col[e]]++;
      op.row[slot] = static_cast<std::int32_t>(r);
      op.position[slot] = static_cast<std::int32_t>(e - rows.first);
    }
  }
  *op.stored = stored;
}

template struct Kernel<SortByColumn>;

}  // namespace lacuna::cpu
