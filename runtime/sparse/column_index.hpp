#pragma once

#include "kernels/core/view.hpp"
#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

/// The entries of some rows, or of one group of rows after the other, sorted by column.
class ColumnIndex {
 public:
  ColumnIndex() = default;

  /// Memory for `entries` entries of a matrix of `cols` columns in up to `groups` groups of rows.
  ColumnIndex(DeviceContext& context, std::int64_t cols, std::int64_t entries, std::int64_t groups);

  /// Sorts the entries of `rows`, stably, and keeps the groups added before. The view lives until
  /// clear(). Allocates nothing. Throws DataError where there are 2^31 entries or more.
  template <class T>
  CscView add(const ExecContext& ctx, const CsrView<T>& rows);

  void clear();

 private:
  std::int64_t cols_ = 0;
  std::int64_t columns_ = 0;   // in use of column_
  std::int64_t pointers_ = 0;  // in use of col_ptr_
  std::int64_t entries_ = 0;   // in use of row_ and position_
  Array<std::int32_t> column_;
  Array<std::int64_t> col_ptr_;
  Array<std::int32_t> row_;
  Array<std::int32_t> position_;
  Array<std::int64_t> stored_;
  Array<std::int64_t> next_;  // by column: its count, then where its next entry goes
};

}  // namespace lacuna
