#include "runtime/data/ratings/rating_stats.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/error.hpp"

namespace lacuna::data {

RatingStats rating_stats(const CsrArrays& ratings) {
  if (ratings.value.empty()) throw DataError("no ratings to take statistics of");
  const auto [min, max] = std::minmax_element(ratings.value.begin(), ratings.value.end());
  const double sum = std::accumulate(ratings.value.begin(), ratings.value.end(), 0.0);
  RatingStats stats{sum / static_cast<double>(ratings.nnz()), *min, *max, {}, {}};
  stats.per_row.resize(static_cast<std::size_t>(ratings.rows));
  std::adjacent_difference(ratings.row_ptr.begin() + 1, ratings.row_ptr.end(),
                           stats.per_row.begin());
  stats.per_col.resize(static_cast<std::size_t>(ratings.cols));
  for (const std::int32_t c : ratings.col) ++stats.per_col[static_cast<std::size_t>(c)];
  return stats;
}

std::vector<std::uint8_t> warm_entries(const CsrArrays& cells, const RatingStats& train) {
  std::vector<std::uint8_t> warm;
  warm.reserve(cells.value.size());
  for (std::size_t r = 0; r < static_cast<std::size_t>(cells.rows); ++r) {
    const auto end = static_cast<std::size_t>(cells.row_ptr[r + 1]);
    for (auto e = static_cast<std::size_t>(cells.row_ptr[r]); e < end; ++e) {
      const auto c = static_cast<std::size_t>(cells.col[e]);
      warm.push_back(train.per_row[r] > 0 && train.per_col[c] > 0 ? 1 : 0);
    }
  }
  return warm;
}

}  // namespace lacuna::data
