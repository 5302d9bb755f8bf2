#include "runtime/sparse/column_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "kernels/sparse/sort_by_column.hpp"
#include "runtime/error.hpp"

namespace lacuna {

namespace {

/// Columns stored for some groups of rows: those with entries on the CPU, elsewhere all of them.
std::int64_t stored_columns(Device device, std::int64_t cols, std::int64_t entries,
                            std::int64_t groups) {
  return device == Device::cpu ? std::min(entries, cols * groups) : cols * groups;
}

}  // namespace

ColumnIndex::ColumnIndex(DeviceContext& context, std::int64_t cols, std::int64_t entries,
                         std::int64_t groups)
    : cols_(cols) {
  MemoryPool& pool = context.pool();
  const std::int64_t stored = stored_columns(context.device(), cols, entries, groups);
  column_ = Array<std::int32_t>::uninitialized(pool, stored);
  col_ptr_ = Array<std::int64_t>::uninitialized(pool, stored + groups);
  row_ = Array<std::int32_t>::uninitialized(pool, entries);
  position_ = Array<std::int32_t>::uninitialized(pool, entries);
  next_ = Array<std::int64_t>::uninitialized(pool, cols);
  stored_ = Array<std::int64_t>::zeros(pool, 1);
}

void ColumnIndex::clear() {
  columns_ = pointers_ = entries_ = 0;
}

template <class T>
CscView ColumnIndex::add(const ExecContext& ctx, const CsrView<T>& rows) {
  if (rows.nnz > std::numeric_limits<std::int32_t>::max()) {
    throw DataError(fmt::format(
        "a batch of {} entries, 2^31 or more: set train.batch_size to fewer rows", rows.nnz));
  }
  const SortByColumn<T> sort{.rows = rows,
                             .stored = stored_.data(),
                             .column = column_.data() + columns_,
                             .col_ptr = col_ptr_.data() + pointers_,
                             .row = row_.data() + entries_,
                             .position = position_.data() + entries_,
                             .next = next_.data()};
  sort_by_column(ctx, sort);
  const CscView sorted{.rows = rows.rows,
                       .cols = rows.cols,
                       .stored = ctx.device == Device::cpu ? *stored_.data() : rows.cols,
                       .column = sort.column,
                       .col_ptr = sort.col_ptr,
                       .row = sort.row,
                       .position = sort.position,
                       .nnz = rows.nnz};
  columns_ += sorted.stored;
  pointers_ += sorted.stored + 1;
  entries_ += rows.nnz;
  return sorted;
}

template CscView ColumnIndex::add(const ExecContext&, const CsrView<float>&);
template CscView ColumnIndex::add(const ExecContext&, const CsrView<double>&);

}  // namespace lacuna
