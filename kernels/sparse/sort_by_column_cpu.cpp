#include <algorithm>
#include <utility>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/sparse/sort_by_column.hpp"

namespace lacuna::cpu {

namespace {

/// A counting sort of the rows [begin, end), whose lists are stored from `list` on; returns where
/// those of the next group begin.
template <class T>
std::int64_t sort_group(const SortByColumn<T>& op, std::int64_t begin, std::int64_t end,
                        std::int64_t list) {
  const CsrView<T>& rows = op.rows;
  const std::int64_t first = rows.row_ptr[begin];
  std::fill_n(op.next, rows.cols, 0);
  for (std::int64_t e = first; e < rows.row_ptr[end]; ++e) ++op.next[rows.col[e]];

  std::int64_t sum = first - rows.first;
  for (std::int64_t c = 0; c < rows.cols; ++c) {
    if (op.next[c] == 0) continue;
    op.lists.column[list] = static_cast<std::int32_t>(c);
    op.lists.col_ptr[list++] = sum;
    sum += std::exchange(op.next[c], sum);
  }
  for (std::int64_t r = begin; r < end; ++r) {
    for (std::int64_t e = rows.row_ptr[r]; e < rows.row_ptr[r + 1]; ++e) {
      const std::int64_t slot = op.next[rows.col[e]]++;
      op.lists.row[slot] = static_cast<std::int32_t>(r - begin);
      op.lists.position[slot] = static_cast<std::int32_t>(e - first);
    }
  }
  return list;
}

}  // namespace

/// On one thread: it runs beside the training of the epoch before.
template <class T>
void compute(Here, const ExecContext&, const SortByColumn<T>& op) {
  op.lists.list_ptr[0] = 0;
  for (std::int64_t group = 0; group < op.groups(); ++group) {
    const std::int64_t begin = group * op.group_rows;
    const std::int64_t end = std::min(begin + op.group_rows, op.rows.rows);
    op.lists.list_ptr[group + 1] = sort_group(op, begin, end, op.lists.list_ptr[group]);
  }
  op.lists.col_ptr[op.lists.list_ptr[op.groups()]] = op.rows.nnz;
}

template struct Kernel<SortByColumn>;

}  // namespace lacuna::cpu
