#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

/// Loops over one row that the sparse kernels share. They are written so that the compiler makes
/// SIMD of them at any width without changing a bit.
namespace lacuna {

/// y += sum_i coefficient[i] * x[i], over `Count` rows x[i] of `n` elements.
template <int Count, class T>
inline void add_rows(const std::array<T, Count>& coefficient, const std::array<const T*, Count>& x,
                     std::int64_t n, T* __restrict y) {
#pragma omp simd
  for (std::int64_t j = 0; j < n; ++j) {
    T sum = y[j];
    for (std::size_t i = 0; i < Count; ++i) sum = std::fma(coefficient[i], x[i][j], sum);
    y[j] = sum;
  }
}

/// y += sum over entries e in [begin, end) of coefficient(e) * row(e), four rows at a visit of y.
template <class T, class Coefficient, class Row>
inline void accumulate_rows(std::int64_t begin, std::int64_t end, Coefficient coefficient, Row row,
                            std::int64_t n, T* y) {
  std::int64_t e = begin;
  for (; e + 4 <= end; e += 4) {
    add_rows<4, T>({coefficient(e), coefficient(e + 1), coefficient(e + 2), coefficient(e + 3)},
                   {row(e), row(e + 1), row(e + 2), row(e + 3)}, n, y);
  }
  for (; e < end; ++e) add_rows<1, T>({coefficient(e)}, {row(e)}, n, y);
}

/// sum_j a[j] * b[j] in 32 partial sums that are then added pairwise.
template <class T>
inline T dot(const T* __restrict a, const T* __restrict b, std::int64_t n) {
  constexpr std::int64_t lanes = 32;
  T partial[lanes] = {};
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
#pragma omp simd
    for (std::int64_t k = 0; k < lanes; ++k) {
      partial[k] = std::fma(a[j + k], b[j + k], partial[k]);
    }
  }
  for (std::int64_t k = 0; j + k < n; ++k) partial[k] = std::fma(a[j + k], b[j + k], partial[k]);
  for (std::int64_t width = lanes / 2; width > 0; width /= 2) {
    for (std::int64_t k = 0; k < width; ++k) partial[k] += partial[k + width];
  }
  return partial[0];
}

}  // namespace lacuna
