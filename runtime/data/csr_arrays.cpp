#include "runtime/data/csr_arrays.hpp"

#include <cstddef>
#include <limits>
#include <numeric>

namespace lacuna::data {

std::vector<double> row_means(const CsrArrays& matrix) {
  std::vector<double> means;
  for (std::size_t r = 0; r < static_cast<std::size_t>(matrix.rows); ++r) {
    const auto begin = matrix.value.begin() + matrix.row_ptr[r];
    const auto end = matrix.value.begin() + matrix.row_ptr[r + 1];
    means.push_back(begin == end
                        ? std::numeric_limits<double>::quiet_NaN()
                        : std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin));
  }
  return means;
}

}  // namespace lacuna::data
