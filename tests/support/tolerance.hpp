#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace lacuna::testing {

/// The one table of tolerances, relative to the largest magnitude of the buffer that is compared. A
/// sum of n terms in random order drifts like sqrt(n) roundings; the factor 8 covers the chain
/// around it.
template <class T>
double tolerance(std::int64_t reduction_length) {
  const double unit = static_cast<double>(std::numeric_limits<T>::epsilon());
  return 8 * unit * std::sqrt(static_cast<double>(reduction_length) + 1);
}

/// Largest difference of a backward pass to finite differences in double, over the largest
/// gradient.
constexpr double gradient_tolerance = 1e-6;

}  // namespace lacuna::testing
