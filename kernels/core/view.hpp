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
/// ascending.
template <class T>
struct CsrView {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  const std::int64_t* row_ptr = nullptr;
  const std::int32_t* col = nullptr;
  const T* value = nullptr;

  std::int64_t nnz() const { return rows == 0 ? 0 : row_ptr[rows] - row_ptr[0]; }
};

/// The transposed pattern of a CSR matrix: the entries of column c are [col_ptr[c], col_ptr[c +
/// 1]), rows ascending; `position` is an entry's index in the CSR arrays.
struct CscView {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  const std::int64_t* col_ptr = nullptr;
  const std::int32_t* row = nullptr;
  const std::int64_t* position = nullptr;

  std::int64_t nnz() const { return cols == 0 ? 0 : col_ptr[cols]; }
};

}  // namespace lacuna
