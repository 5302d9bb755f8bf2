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

struct RatingStats {
  double mean = 0;
  float min = 0;
  float max = 0;
  std::vector<std::int64_t> per_row;  ///< ratings of each row
  std::vector<std::int64_t> per_col;  ///< ratings of each column
};

/// Throws DataError on an empty matrix.
RatingStats rating_stats(const CsrArrays& ratings);

/// For each entry of `cells`: 1 if its row and its column both have a rating in `train`, else 0.
std::vector<std::uint8_t> warm_entries(const CsrArrays& cells, const RatingStats& train);

}  // namespace lacuna::data
