#pragma once

#include "kernels/core/device_code.hpp"
#include "kernels/sparse/take_batch.hpp"

/// What take_batch copies of the epoch, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

struct BatchSlice {
  std::int64_t first_row;
  std::int64_t first_entry, entries;
  std::int64_t first_list, lists;

  template <class T>
  LACUNA_INLINE explicit BatchSlice(const TakeBatch<T>& op) {
    const std::int64_t batch = op.input->batch;
    first_row = batch * op.batch_rows;
    first_entry = op.epoch.row_ptr[first_row];
    entries = op.epoch.row_ptr[first_row + op.rows] - first_entry;
    first_list = op.epoch_lists.list_ptr[batch];
    lists = op.epoch_lists.list_ptr[batch + 1] - first_list;
  }

  /// Pointer i of the result, i up to its number of rows, and the row's cells.
  template <class T>
  LACUNA_INLINE void copy_pointer(const TakeBatch<T>& op, std::int64_t i) const {
    op.row_ptr[i] = op.epoch.row_ptr[first_row + i] - first_entry;
    if (op.epoch.cells != nullptr && i < op.rows) op.cells[i] = op.epoch.cells[first_row + i];
  }
  template <class T>
  LACUNA_INLINE void copy_entry(const TakeBatch<T>& op, std::int64_t i) const {
    op.col[i] = op.epoch.col[first_entry + i];
    op.value[i] = op.epoch.value[first_entry + i];
    op.lists.row[i] = op.epoch_lists.row[first_entry + i];
    op.lists.position[i] = op.epoch_lists.position[first_entry + i];
  }
  /// List i, i up to their number, where the last one ends.
  template <class T>
  LACUNA_INLINE void copy_list(const TakeBatch<T>& op, std::int64_t i) const {
    op.lists.col_ptr[i] = op.epoch_lists.col_ptr[first_list + i] - first_entry;
    if (i < lists) op.lists.column[i] = op.epoch_lists.column[first_list + i];
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
