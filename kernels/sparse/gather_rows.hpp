#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Rows of a CSR matrix in another order: row i of the result is row order[i] of `from`.
template <class T>
struct GatherRows {
  static constexpr std::string_view name = "gather_rows";

  CsrView<T> from;
  const std::int32_t* order = nullptr;  ///< [rows]
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
