#pragma once

#include <utility>
#include <vector>

#include "kernels/dense/gemm.hpp"

/// Inner products of the rows of two matrices, for the cases of ops that need some of them only.
namespace lacuna {

/// p(r, c) = a[r] . b[c] in double; rows have `units` elements.
template <class T>
auto products_in_double(const T* a, const T* b, std::int64_t units) {
  return [=](std::int64_t r, std::int64_t c) {
    double sum = 0;
    for (std::int64_t j = 0; j < units; ++j) {
      sum += static_cast<double>(a[r * units + j]) * static_cast<double>(b[c * units + j]);
    }
    return sum;
  };
}

/// The same of all rows, by one product.
template <class T>
auto products_by_gemm(const ExecContext& ctx, const MatrixView<const T>& a,
                      const MatrixView<const T>& b) {
  std::vector<T> all(static_cast<std::size_t>(a.rows * b.rows));
  gemm<T>(ctx, {.a = a, .b = b, .c = {all.data(), a.rows, b.rows}, .transpose_b = Transpose::yes});
  return [all = std::move(all), columns = b.rows](std::int64_t r, std::int64_t c) {
    return all[static_cast<std::size_t>(r * columns + c)];
  };
}

}  // namespace lacuna
