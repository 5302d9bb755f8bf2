#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "kernels/core/device_code.hpp"

namespace lacuna {

/// A row-major matrix somebody else owns; `stride` counts elements between rows.
template <class T>
struct MatrixView {
  T* data = nullptr;
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t stride = 0;

  MatrixView() = default;
  LACUNA_INLINE MatrixView(T* data_, std::int64_t rows_, std::int64_t cols_)
      : MatrixView(data_, rows_, cols_, cols_) {}
  LACUNA_INLINE MatrixView(T* data_, std::int64_t rows_, std::int64_t cols_, std::int64_t stride_)
      : data(data_), rows(rows_), cols(cols_), stride(stride_) {}
  template <std::same_as<std::remove_const_t<T>> U>
  LACUNA_INLINE MatrixView(const MatrixView<U>& m) : MatrixView(m.data, m.rows, m.cols, m.stride) {}

  LACUNA_INLINE T* row(std::int64_t i) const { return data + i * stride; }
  LACUNA_INLINE std::int64_t size() const { return rows * cols; }
};

/// Compressed sparse rows: the entries of row r are [row_ptr[r], row_ptr[r + 1]), columns
/// ascending. A view of some rows of a larger matrix keeps its arrays, so row_ptr may begin above
/// 0; what kernels compute per entry is numbered from the view's first entry on. The arrays lie on
/// the device; `first` and `nnz` tell the host what they hold.
template <class T>
struct CsrView {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  const std::int64_t* row_ptr = nullptr;
  const std::int32_t* col = nullptr;
  const T* value = nullptr;
  std::int64_t first = 0;  ///< row_ptr[0]
  std::int64_t nnz = 0;    ///< entries, or the most there are where only the device knows
  /// [rows]: observed cells that a row's entries stand for; nullptr: each of them is one.
  const std::int64_t* cells = nullptr;

  /// Some of the rows; for row_ptr in the host's memory.
  CsrView slice(std::int64_t begin, std::int64_t count) const {
    return {count,
            cols,
            row_ptr + begin,
            col,
            value,
            row_ptr[begin],
            row_ptr[begin + count] - row_ptr[begin],
            cells == nullptr ? nullptr : cells + begin};
  }
};

/// The pattern of a CSR view by column, for columns that have entries only: those of column[k] are
/// [col_ptr[k], col_ptr[k + 1]), rows ascending, and `column` ascends. `position` is an entry's
/// number in the CSR view.
struct CscView {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t stored = 0;  ///< columns with entries, or the most there are where `counted` says
  const std::int64_t* counted = nullptr;  ///< [1], on the device; nullptr: `stored` is the number
  const std::int32_t* column = nullptr;   ///< [stored]
  const std::int64_t* col_ptr = nullptr;  ///< [stored + 1], may begin above 0
  const std::int32_t* row = nullptr;      ///< indexed by col_ptr, as position is
  const std::int32_t* position = nullptr;
  std::int64_t nnz = 0;  ///< as in CsrView

  /// For those who may read `counted`.
  LACUNA_INLINE std::int64_t lists() const { return counted == nullptr ? stored : *counted; }
};

/// The entries of groups of rows by column, group after group, in the arrays that CscViews of the
/// groups refer to.
struct ColumnLists {
  std::int64_t* list_ptr = nullptr;  ///< [groups + 1]: a group's columns are those from here on
  std::int32_t* column = nullptr;    ///< [columns stored]
  std::int64_t* col_ptr = nullptr;   ///< [columns stored + 1], from 0
  std::int32_t* row = nullptr;       ///< [entries], within the group
  std::int32_t* position = nullptr;  ///< [entries], within the group
};

/// The same entries by row and by column.
template <class T>
struct SparseRows {
  CsrView<T> by_row;
  CscView by_column;
};

}  // namespace lacuna
