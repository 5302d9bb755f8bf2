#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "kernels/core/elementary.hpp"
#include "kernels/core/vector_math.hpp"

/// One row of a softmax on the CPU. Sums go in 16 lanes that are then folded, the last of them
/// filled up, so that the bits do not depend on the vectors' width.
namespace lacuna::cpu {

/// -infinity for no numbers. A NaN is passed over here and found by row_exponentials().
template <class T>
T largest_of(const T* x, std::int64_t n) {
  T largest = -std::numeric_limits<T>::infinity();
#pragma omp simd reduction(max : largest)
  for (std::int64_t j = 0; j < n; ++j) largest = x[j] > largest ? x[j] : largest;
  return largest;
}

/// The sum of exp(x[j] - shift), whose terms go to y, where it is not nullptr; y may be x.
template <class T>
T row_exponentials(const T* x, T shift, std::int64_t n, T* y) {
  constexpr std::int64_t lanes = 16;
  constexpr std::int64_t piece = 16 * lanes;
  T sum[lanes] = {};
  T term[piece];
  for (std::int64_t begin = 0; begin < n; begin += piece) {
    const std::int64_t count = std::min(piece, n - begin);
    const std::int64_t filled = (count + lanes - 1) / lanes * lanes;
    for (std::int64_t j = 0; j < count; ++j) term[j] = x[begin + j] - shift;
    std::fill(term + count, term + filled, -std::numeric_limits<T>::infinity());
#pragma omp simd
    for (std::int64_t j = 0; j < filled; ++j) term[j] = elementary::exp(term[j]);
    for (std::int64_t j = 0; j < filled; j += lanes) {
#pragma omp simd
      for (std::int64_t k = 0; k < lanes; ++k) sum[k] += term[j + k];
    }
    if (y != nullptr) std::copy_n(term, count, y + begin);
  }
  return fold(sum);
}

}  // namespace lacuna::cpu
