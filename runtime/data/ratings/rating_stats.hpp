#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/csr_arrays.hpp"

namespace lacuna::data {

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
