#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The entries of groups of successive rows, each group's sorted by column, stably: what
/// csc_gather_gradient reads. Columns without entries are left out.
template <class T>
struct SortByColumn {
  static constexpr std::string_view name = "sort_by_column";

  CsrView<T> rows;
  std::int64_t group_rows = 0;  ///< rows of a group; the last one has what is left
  ColumnLists lists;
  std::int64_t* next = nullptr;  ///< [cols], working memory of the CPU's kernel only

  LACUNA_INLINE std::int64_t groups() const {
    return group_rows == 0 ? 0 : (rows.rows + group_rows - 1) / group_rows;
  }
};

/// Fewer than 2^31 entries a group. Throws UnsupportedDevice where the device has no kernel.
template <class T>
void sort_by_column(const ExecContext& ctx, const SortByColumn<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
