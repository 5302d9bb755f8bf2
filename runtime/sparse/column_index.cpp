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
    : cols_(cols),
      column_(context.pool(), stored_columns(context.device(), cols, entries, groups)),
      col_ptr_(context.pool(), stored_columns(context.device(), cols, entries, groups) + groups),
      row_(context.pool(), entries),
      position_(context.pool(), entries),
      next_(context.pool(), cols) {}

void ColumnIndex::clear() {
  columns_ = pointers_ = entries_ = 0;
}

template <class T>
CscView ColumnIndex::add(const ExecContext& ctx, const CsrView<T>& rows) {
  if (rows.nnz > std::numeric_limits<std::int32_t>::max()) {
    throw DataError(fmt::format(
        "a batch of {} entries, 2^31 or more: set train.batch_size to fewer rows", rows.nnz));
  }
  const CscView sorted = sort_by_column<T>(ctx, {.rows = rows,
                                                 .column = column_.data() + columns_,
                                                 .col_ptr = col_ptr_.data() + pointers_,
                                                 .row = row_.data() + entries_,
                                                 .position = position_.data() + entries_,
                                                 .next = next_.data()});
  columns_ += sorted.stored;
  pointers_ += sorted.stored + 1;
  entries_ += rows.nnz;
  return sorted;
}

template CscView ColumnIndex::add(const ExecContext&, const CsrView<float>&);
template CscView ColumnIndex::add(const ExecContext&, const CsrView<double>&);

}  // namespace lacuna
