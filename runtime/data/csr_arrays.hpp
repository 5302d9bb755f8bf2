#pragma once

#include <cstdint>
#include <span>
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

/// Some entries of a list, grouped by row.
struct RowGroups {
  std::vector<std::int64_t> row_ptr;  ///< rows + 1
  std::vector<std::int64_t> entry;    ///< positions in the list; within a row in the order given
};

/// Groups the listed entries by row[entry], which lies in [0, rows): a counting sort, stable.
RowGroups group_by_row(std::span<const std::int32_t> row, std::int64_t rows,
                       std::span<const std::int64_t> entries);

/// values[entry[0]], values[entry[1]], ...
template <class T>
std::vector<T> gather(std::span<const T> values, std::span<const std::int64_t> entry) {
  std::vector<T> out;
  out.reserve(entry.size());
  for (const std::int64_t e : entry) out.push_back(values[static_cast<std::size_t>(e)]);
  return out;
}

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
