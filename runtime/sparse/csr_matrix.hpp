#pragma once

#include <memory>
#include <span>
#include <vector>

#include "kernels/core/view.hpp"
#include "runtime/memory/array.hpp"
#include "runtime/tensor/tensor.hpp"

namespace lacuna {

/// A sparse matrix on a device: CSR. The host keeps row_ptr, to cut rows out.
class CsrMatrix {
 public:
  CsrMatrix() = default;

  /// Copies the arrays: row_ptr [rows + 1] from 0 ascending, col [nnz] ascending within a row and
  /// below `cols`, value [nnz]. Throws std::invalid_argument where they are not.
  CsrMatrix(MemoryPool& pool, std::int64_t rows, std::int64_t cols,
            std::span<const std::int64_t> row_ptr, std::span<const std::int32_t> col,
            std::span<const float> value, DType dtype = DType::f32);
  /// The same of arrays that somebody else keeps as well: on the CPU they are not copied.
  CsrMatrix(MemoryPool& pool, std::int64_t rows, std::int64_t cols,
            std::span<const std::int64_t> row_ptr,
            const std::shared_ptr<const std::vector<std::int32_t>>& col,
            const std::shared_ptr<const std::vector<float>>& value);

  std::int64_t rows() const { return rows_; }
  std::int64_t cols() const { return cols_; }
  std::int64_t nnz() const { return value_.size(); }
  DType dtype() const { return value_.dtype(); }

  template <class T>
  CsrView<T> view() const {
    return rows<T>(0, rows_);
  }
  /// Rows [begin, begin + count).
  template <class T>
  CsrView<T> rows(std::int64_t begin, std::int64_t count) const {
    const std::int64_t first = begin_of(begin);
    return {count,
            cols_,
            row_ptr_.data() + begin,
            col_.data(),
            value_.data<T>(),
            first,
            begin_of(begin + count) - first};
  }
  /// The number of row r's first entry; r may be rows().
  std::int64_t begin_of(std::int64_t r) const {
    return host_row_ptr_.at(static_cast<std::size_t>(r));
  }
  /// Entries of row r.
  std::int64_t length(std::int64_t r) const { return begin_of(r + 1) - begin_of(r); }

  const Tensor& values() const { return value_; }
  /// The values, on the host; waits for the device.
  std::vector<float> host_values() const;

 private:
  std::int64_t rows_ = 0;
  std::int64_t cols_ = 0;
  std::vector<std::int64_t> host_row_ptr_{0};
  Array<std::int64_t> row_ptr_;
  Array<std::int32_t> col_;
  Tensor value_;  // [nnz]
};

}  // namespace lacuna
