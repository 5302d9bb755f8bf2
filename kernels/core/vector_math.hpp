#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <experimental/simd>

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

/// Adds 16 numbers pairwise.
template <class T>
inline T fold(const T* lane) {
  T sum[8];
  for (int k = 0; k < 8; ++k) sum[k] = lane[k] + lane[k + 8];
  for (int k = 0; k < 4; ++k) sum[k] += sum[k + 4];
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

/// sum_j x[j] * y[i][j] for each of `Count` rows y[i] at one visit of x. Each is summed in 16 lanes
/// that are then folded, so a row's result does not depend on its neighbours.
template <int Count, class T>
inline std::array<T, Count> dots(const T* x, const std::array<const T*, Count>& y, std::int64_t n) {
  namespace stdx = std::experimental;
  using Vector = stdx::native_simd<T>;
  constexpr std::int64_t lanes = 16;
  constexpr std::int64_t width = static_cast<std::int64_t>(Vector::size());
  constexpr int vectors = static_cast<int>(lanes / width);
  Vector sum[Count][vectors];
  for (auto& row : sum) {
    for (Vector& v : row) v = T(0);
  }
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
#pragma GCC unroll 16
    for (int v = 0; v < vectors; ++v) {
      const Vector xs(x + j + v * width, stdx::element_aligned);
#pragma GCC unroll 4
      for (std::size_t i = 0; i < Count; ++i) {
        const Vector ys(y[i] + j + v * width, stdx::element_aligned);
        sum[i][v] = stdx::fma(xs, ys, sum[i][v]);
      }
    }
  }
  std::array<T, Count> result;
  for (std::size_t i = 0; i < Count; ++i) {
    T lane[lanes];
    for (int v = 0; v < vectors; ++v) sum[i][v].copy_to(lane + v * width, stdx::element_aligned);
    for (std::int64_t k = 0; j + k < n; ++k) lane[k] = std::fma(x[j + k], y[i][j + k], lane[k]);
    result[i] = fold(lane);
  }
  return result;
}

}  // namespace lacuna
