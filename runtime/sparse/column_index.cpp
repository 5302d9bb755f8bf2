#include "runtime/sparse/column_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "kernels/sparse/sort_by_column.hpp"
#include "runtime/error.hpp"

namespace lacuna {

ColumnIndex::ColumnIndex(DeviceContext& context, std::int64_t cols, std::int64_t entries,
                         std::int64_t groups)
    : most_lists_(std::min(entries, cols * groups)),
      list_ptr_(Array<std::int64_t>::uninitialized(context.pool(), groups + 1)),
      column_(Array<std::int32_t>::uninitialized(context.pool(), most_lists_)),
      col_ptr_(Array<std::int64_t>::uninitialized(context.pool(), most_lists_ + 1)),
      row_(Array<std::int32_t>::uninitialized(context.pool(), entries)),
      position_(Array<std::int32_t>::uninitialized(context.pool(), entries)),
      next_(Array<std::int64_t>::uninitialized(context.pool(),
                                               context.device() == Device::cpu ? cols : 0)),
      lists_{list_ptr_.data(), column_.data(), col_ptr_.data(), row_.data(), position_.data()} {}

template <class T>
void ColumnIndex::sort(const ExecContext& ctx, const CsrView<T>& rows, std::int64_t group_rows,
                       std::int64_t group_nnz) {
  if (group_nnz > std::numeric_limits<std::int32_t>::max()) {
    throw DataError(fmt::format(
        "a batch of {} entries, 2^31 or more: set train.batch_size to fewer rows", group_nnz));
  }
  sort_by_column<T>(
      ctx, {.rows = rows, .group_rows = group_rows, .lists = lists_, .next = next_.data()});
}

template <class T>
CscView ColumnIndex::sorted(const ExecContext& ctx, const CsrView<T>& rows) {
  sort(ctx, rows, std::max<std::int64_t>(rows.rows, 1), rows.nnz);
  CscView index = view(rows);
  index.stored = list_ptr_.to_host().at(1);
  index.counted = nullptr;
  return index;
}

template <class T>
CscView ColumnIndex::view(const CsrView<T>& rows) const {
  return {.rows = rows.rows,
          .cols = rows.cols,
          .stored = most_lists_,
          .counted = list_ptr_.data() + 1,
          .column = lists_.column,
          .col_ptr = lists_.col_ptr,
          .row = lists_.row,
          .position = lists_.position,
          .nnz = rows.nnz};
}

template void ColumnIndex::sort(const ExecContext&, const CsrView<float>&, std::int64_t,
                                std::int64_t);
template void ColumnIndex::sort(const ExecContext&, const CsrView<double>&, std::int64_t,
                                std::int64_t);
template CscView ColumnIndex::view(const CsrView<float>&) const;
template CscView ColumnIndex::view(const CsrView<double>&) const;
template CscView ColumnIndex::sorted(const ExecContext&, const CsrView<float>&);
template CscView ColumnIndex::sorted(const ExecContext&, const CsrView<double>&);

}  // namespace lacuna
