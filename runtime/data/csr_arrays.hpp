#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::data {

/// A sparse matrix in host memory: row r has the entries [row_ptr[r], row_ptr[r + 1]), columns
/// ascending.
struct CsrArrays {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::vector<std::int64_t> row_ptr;  ///< rows + 1
  std::vector<std::int32_t> col;      ///< nnz
  std::vector<float> value;           ///< nnz

  std::int64_t nnz() const { return static_cast<std::int64_t>(value.size()); }
};

/// The mean entry of each row; NaN for a row without.
std::vector<double> row_means(const CsrArrays& matrix);

}  // namespace lacuna::data
