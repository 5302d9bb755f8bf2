#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The entries of some rows sorted by column, stably: what csc_gather_gradient reads. The CPU
/// stores the columns that have entries; devices store all of them, so that shapes are the same for
/// every batch, and then column[c] = c.
template <class T>
struct SortByColumn {
  static constexpr std::string_view name = "sort_by_column";

  CsrView<T> rows;
  std::int64_t* stored = nullptr;    ///< [1], columns stored
  std::int32_t* column = nullptr;    ///< [columns stored]
  std::int64_t* col_ptr = nullptr;   ///< [columns stored + 1], from 0
  std::int32_t* row = nullptr;       ///< [nnz]
  std::int32_t* position = nullptr;  ///< [nnz], from the view's first entry on
  std::int64_t* next = nullptr;      ///< [cols], working memory of the CPU's kernel only
};

/// Fewer than 2^31 entries. Throws UnsupportedDevice where the device has no kernel.
template <class T>
void sort_by_column(const ExecContext& ctx, const SortByColumn<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
