#pragma once

#include "kernels/core/view.hpp"
#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

/// The entries of some rows sorted by column, or those of successive groups of rows each by
/// themselves. 8 bytes an entry, and 12 for each column of a group that has entries.
class ColumnIndex {
 public:
  ColumnIndex() = default;

  /// Memory for `entries` entries of a matrix of `cols` columns in up to `groups` groups of rows.
  ColumnIndex(DeviceContext& context, std::int64_t cols, std::int64_t entries, std::int64_t groups);

  /// Sorts the entries of `rows`, stably, in groups of `group_rows` rows, of which the last has
  /// what is left; a group has at most `group_nnz` entries. Allocates no memory of its own. Throws
  /// DataError where that is 2^31 or more.
  template <class T>
  void sort(const ExecContext& ctx, const CsrView<T>& rows, std::int64_t group_rows,
            std::int64_t group_nnz);

  /// The sorted arrays, on the device; valid as long as this.
  const ColumnLists& lists() const { return lists_; }

  /// The index of all `rows` as one group, whose number of columns is read on the device.
  template <class T>
  CscView view(const CsrView<T>& rows) const;
  /// Sorts all `rows` as one group and waits for their number of columns.
  template <class T>
  CscView sorted(const ExecContext& ctx, const CsrView<T>& rows);

 private:
  std::int64_t most_lists_ = 0;
  Array<std::int64_t> list_ptr_;
  Array<std::int32_t> column_;
  Array<std::int64_t> col_ptr_;
  Array<std::int32_t> row_;
  Array<std::int32_t> position_;
  Array<std::int64_t> next_;  // by column: its count, then where its next entry goes; on the CPU
  ColumnLists lists_;
};

}  // namespace lacuna
