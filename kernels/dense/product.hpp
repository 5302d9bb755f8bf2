#pragma once

#include <vector>

#include "kernels/core/vector_math.hpp"
#include "kernels/dense/gemm.hpp"

/// C = alpha op(A) op(B) + beta C on the calling thread; no extent may be 0.
namespace lacuna::cpu {

/// By the math library the build has.
void multiply(const Gemm<float>& op);

/// Without one: rows of B are added up, one row of C at a time, or multiplied with a row of op(A)
/// where B is transposed.
template <class T>
void multiply_plainly(const Gemm<T>& op) {
  const bool ta = op.transpose_a == Transpose::yes;
  const std::int64_t k = ta ? op.a.rows : op.a.cols;
  std::vector<T> a(static_cast<std::size_t>(k));
  for (std::int64_t i = 0; i < op.c.rows; ++i) {
    T* c = op.c.row(i);
    for (std::int64_t p = 0; p < k; ++p) {
      a[static_cast<std::size_t>(p)] = op.alpha * (ta ? op.a.row(p)[i] : op.a.row(i)[p]);
    }
    for (std::int64_t j = 0; j < op.c.cols; ++j) c[j] = op.beta == 0 ? 0 : op.beta * c[j];
    if (op.transpose_b == Transpose::no) {
      accumulate_rows(
          0, k, [&](std::int64_t p) { return a[static_cast<std::size_t>(p)]; },
          [&](std::int64_t p) { return op.b.row(p); }, op.c.cols, c);
    } else {
      for (std::int64_t j = 0; j < op.c.cols; ++j) c[j] += dots<1>(a.data(), {op.b.row(j)}, k)[0];
    }
  }
}

/// No math library has this one.
inline void multiply(const Gemm<double>& op) {
  multiply_plainly(op);
}

}  // namespace lacuna::cpu
