#pragma once

#include <span>

#include "kernels/core/view.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

/// A sparse matrix on a device: CSR.
template <class T>
class CsrMatrix {
 public:
  CsrMatrix() = default;

  /// Copies the arrays: row_ptr [rows + 1] from 0 ascending, col [nnz] ascending within a row and
  /// below `cols`, value [nnz]. Throws std::invalid_argument where they are not.
  CsrMatrix(MemoryPool& pool, std::int64_t rows, std::int64_t cols,
            std::span<const std::int64_t> row_ptr, std::span<const std::int32_t> col,
            std::span<const float> value);

  std::int64_t rows() const { return rows_; }
  std::int64_t cols() const { return cols_; }
  std::int64_t nnz() const { return static_cast<std::int64_t>(col_.span().size()); }

  CsrView<T> view() const { return {rows_, cols_, row_ptr_.data(), col_.data(), value_.data()}; }
  std::span<T> values() const { return value_.span(); }

 private:
  std::int64_t rows_ = 0;
  std::int64_t cols_ = 0;
  Array<std::int64_t> row_ptr_;
  Array<std::int32_t> col_;
  Array<T> value_;
};

}  // namespace lacuna
