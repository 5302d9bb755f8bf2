#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/csr_arrays.hpp"

/// What readers of count matrices give, as it stands in the file.
namespace lacuna::data {

/// Some of a matrix's entries in the file's order; places count from 0.
struct CountEntries {
  std::vector<std::int32_t> row;
  std::vector<std::int32_t> col;
  std::vector<float> value;

  void add(std::int64_t r, std::int64_t c, float v) {
    row.push_back(static_cast<std::int32_t>(r));
    col.push_back(static_cast<std::int32_t>(c));
    value.push_back(v);
  }
  std::size_t size() const { return value.size(); }
};

struct CountMatrix {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::vector<CountEntries> pieces;
  std::vector<std::string> row_names;  ///< empty: the file has none
  std::vector<std::string> col_names;
  std::string checksum;  ///< of what was read, uncompressed
};

/// Throws DataError where the sizes are no matrix of so many entries: an index is an int32, and
/// memory for rows is not taken on the word of a file that has none.
void check_sizes(const std::string& path, std::int64_t rows, std::int64_t cols,
                 std::int64_t entries);

/// What is wrong with a value, empty where nothing is: counts are not negative and finite.
std::string_view fault_of(float value);

/// The non-zeros by row, or, `transposed`, by column; entries of one place are added up. The pieces
/// are taken: each is freed when it has been read.
CsrArrays to_csr(CountMatrix& matrix, bool transposed);

}  // namespace lacuna::data
