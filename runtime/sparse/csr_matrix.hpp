#pragma once

#include <span>
#include <vector>

#include "kernels/core/view.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

/// A sparse matrix on a device: CSR. The host keeps row_ptr, to cut rows out.
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

  CsrView<T> view() const { return rows(0, rows_); }
  /// Rows [begin, begin + count).
  CsrView<T> rows(std::int64_t begin, std::int64_t count) const;
  /// Entries of row r.
  std::int64_t length(std::int64_t r) const;
  std::span<T> values() const { return value_.span(); }
  /// The values, on the host; waits for the device.
  std::vector<T> host_values() const { return value_.to_host(); }

 private:
  std::int64_t rows_ = 0;
  std::int64_t cols_ = 0;
  std::vector<std::int64_t> host_row_ptr_{0};
  Array<std::int64_t> row_ptr_;
  Array<std::int32_t> col_;
  Array<T> value_;
};

}  // namespace lacuna
