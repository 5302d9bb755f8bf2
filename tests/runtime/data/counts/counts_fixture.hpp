#pragma once

#include <string>
#include <vector>

#include "runtime/data/counts/read_counts.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {

/// A matrix written out, zeros and all.
inline std::vector<std::vector<float>> rows_of(const CsrArrays& matrix) {
  std::vector<std::vector<float>> rows;
  for (std::size_t r = 0; r < static_cast<std::size_t>(matrix.rows); ++r) {
    rows.emplace_back(static_cast<std::size_t>(matrix.cols));
    for (auto e = static_cast<std::size_t>(matrix.row_ptr[r]);
         e < static_cast<std::size_t>(matrix.row_ptr[r + 1]); ++e) {
      rows.back()[static_cast<std::size_t>(matrix.col[e])] = matrix.value[e];
    }
  }
  return rows;
}

/// The matrix that most files here hold: 3 cells, 4 genes.
inline const std::vector<std::vector<float>> three_cells{
    {0, 2, 0, 1}, {5, 0, 0, 0}, {0, 0.5F, 7, 0}};

class CountsTest : public DataTest {
 protected:
  CountsSource source(const std::string& file, CountRows rows = CountRows::cells) const {
    CountsSource source;
    source.path = file;
    source.rows = rows;
    return source;
  }
  Counts read(std::string_view name, std::string_view text,
              CountRows rows = CountRows::cells) const {
    return read_counts(source(write(name, text), rows));
  }
  std::string fault(std::string_view name, std::string_view text) const {
    const std::string file = write(name, text);
    return message_of<DataError>([&] { read_counts(source(file)); });
  }
};

}  // namespace lacuna::data
