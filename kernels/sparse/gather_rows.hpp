#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/clock.hpp"

namespace lacuna {

/// The rows of a batch, copied out of a CSR matrix: row i of the result is row
/// order[batch * rows + i] of `from`, or has no entries where that is -1. All batches of an epoch
/// have the same shape, the last one is filled up with empty rows; which one it is, is read on the
/// device.
template <class T>
struct GatherRows {
  static constexpr std::string_view name = "gather_rows";

  CsrView<T> from;
  const std::int32_t* order = nullptr;  ///< [batches * rows]
  const StepInput* input = nullptr;     ///< [1]; its batch is read
  std::int64_t rows = 0;                ///< of the result
  std::int64_t* row_ptr = nullptr;      ///< [rows + 1], from 0
  std::int32_t* col = nullptr;          ///< [entries of the rows]
  T* value = nullptr;                   ///< [entries of the rows]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void gather_rows(const ExecContext& ctx, const GatherRows<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
