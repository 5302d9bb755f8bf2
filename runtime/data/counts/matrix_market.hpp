#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/data/counts/count_matrix.hpp"
#include "runtime/data/sampled_text.hpp"

namespace lacuna::data {

/// The first lines of a Matrix Market file.
struct MatrixMarketHeader {
  bool listed = true;      ///< coordinate: a line an entry; array: every value, column by column
  bool pattern = false;    ///< entries without values, which are 1
  bool symmetric = false;  ///< the lower triangle stands for both
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t entries = 0;  ///< lines that follow
  std::int64_t lines = 0;    ///< of the header: banner, comments, sizes
};

bool is_matrix_market(std::string_view begin);

/// Reads the header at a text's begin. Throws DataError that names the line, also for fields that
/// no counts have: complex numbers, hermitian and skew-symmetric matrices.
MatrixMarketHeader read_matrix_market_header(std::string_view begin, const std::string& path);

/// Reads a Matrix Market file whose sample() has been looked at, in pieces on several threads.
/// Throws DataError that names the line: an index outside of the sizes, a value that is none, more
/// or fewer entries than the header says.
CountMatrix read_matrix_market(SampledText& text, std::string_view begin, const std::string& path,
                               int threads);

}  // namespace lacuna::data
