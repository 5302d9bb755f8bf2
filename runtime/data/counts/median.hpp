#pragma once

#include <algorithm>
#include <vector>

#include "runtime/metrics/statistics.hpp"

namespace lacuna::data {

/// Of values that are not empty; of an even number of them, the mean of the two in the middle.
inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return metrics::quantile<double>(values, 0.5);
}

}  // namespace lacuna::data
