#pragma once

#include <cstdint>
#include <type_traits>

namespace lacuna {

/// A row-major matrix somebody else owns; `stride` counts elements between rows.
template <class T>
struct MatrixView {
  T* data = nullptr;
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t stride = 0;

  MatrixView() = default;
  MatrixView(T* data_, std::int64_t rows_, std::int64_t cols_)
      : MatrixView(data_, rows_, cols_, cols_) {}
  MatrixView(T* data_, std::int64_t rows_, std::int64_t cols_, std::int64_t stride_)
      : data(data_), rows(rows_), cols(cols_), stride(stride_) {}

  T* row(std::int64_t i) const { return data + i * stride; }
  std::int64_t size() const { return rows * cols; }
  operator MatrixView<const T>() const requires(!std::is_const_v<T>) {
    return {data, rows, cols, stride};
  }
};

/// Compressed sparse rows: the entries of row r are [row_ptr[r], row_ptr[r + 1]), columns
/// ascending. A view of some rows of a larger matrix keeps its arrays, so row_ptr may begin above
/// 0; what kernels compute per entry is numbered from the view's first entry on.
template <class T>
struct CsrView {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  const std::int64_t* row_ptr = nullptr;
  const std::int32_t* col = nullptr;
  const T* value = nullptr;

  std::int64_t first() const { return rows == 0 ? 0 : row_ptr[0]; }
  std::int64_t nnz() const { return rows == 0 ? 0 : row_ptr[rows] - row_ptr[0]; }
  CsrView slice(std::int64_t begin, std::int64_t count) const {
    return {count, cols, row_ptr + begin, col, value};
  }
};

/// The pattern of a CSR view by column, for columns that have entries only: those of column[k] are
/// [col_ptr[k], col_ptr[k + 1]), rows ascending, and `column` ascends. `position` is an entry's
/// number in the CSR view.
struct CscView {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t stored = 0;                ///< columns with entries
  const std::int32_t* column = nullptr;   ///< [stored]
  const std::int64_t* col_ptr = nullptr;  ///< [stored + 1]
  const std::int32_t* row = nullptr;      ///< indexed by col_ptr, as position is
  const std::int32_t* position = nullptr;

  std::int64_t nnz() const { return stored == 0 ? 0 : col_ptr[stored] - col_ptr[0]; }
};

/// The same entries by row and by column.
template <class T>
struct SparseRows {
  CsrView<T> by_row;
  CscView by_column;
};

}  // namespace lacuna
