#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/clock.hpp"

namespace lacuna {

/// One batch of an epoch whose rows lie in its order and are sorted by batch and column: its
/// entries by row and by column, copied to where a captured step looks for them. Which batch it is,
/// is read on the device.
template <class T>
struct TakeBatch {
  static constexpr std::string_view name = "take_batch";

  CsrView<T> epoch;                  ///< from entry 0 on
  ColumnLists epoch_lists;           ///< of groups of batch_rows rows, by sort_by_column
  std::int64_t batch_rows = 0;       ///< of every batch but the last
  const StepInput* input = nullptr;  ///< [1]; its batch is read
  std::int64_t rows = 0;             ///< of the batch; all are the epoch's
  std::int64_t nnz = 0;              ///< entries of the result at most
  std::int64_t* row_ptr = nullptr;   ///< [rows + 1], from 0
  std::int32_t* col = nullptr;       ///< [nnz]
  T* value = nullptr;                ///< [nnz]
  std::int64_t* cells = nullptr;     ///< [rows]; not written where the epoch has none
  ColumnLists lists;                 ///< of one group; at most min(cols, nnz) columns are stored
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void take_batch(const ExecContext& ctx, const TakeBatch<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
