#pragma once

#include <stdexcept>
#include <string>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

enum class Transpose { no, yes };

/// C = alpha op(A) op(B) + beta C + bias, with op(A) [m, k], op(B) [k, n], C [m, n]; beta == 0
/// overwrites C.
template <class T>
struct Gemm {
  static constexpr std::string_view name = "gemm";

  MatrixView<const T> a;  ///< [m, k], or [k, m] with transpose_a
  MatrixView<const T> b;  ///< [k, n], or [n, k] with transpose_b
  MatrixView<T> c;        ///< [m, n]
  Transpose transpose_a = Transpose::no;
  Transpose transpose_b = Transpose::no;
  T alpha = 1;
  T beta = 0;
  const T* bias = nullptr;  ///< [n], added to every row; nullptr: none
};

template <class T>
void check_shapes(const Gemm<T>& op) {
  const bool ta = op.transpose_a == Transpose::yes;
  const bool tb = op.transpose_b == Transpose::yes;
  const std::int64_t m = ta ? op.a.cols : op.a.rows;
  const std::int64_t k = ta ? op.a.rows : op.a.cols;
  const std::int64_t kb = tb ? op.b.cols : op.b.rows;
  const std::int64_t n = tb ? op.b.rows : op.b.cols;
  if (m != op.c.rows || n != op.c.cols || k != kb) {
    throw std::invalid_argument("gemm: the shapes of A, B and C do not fit");
  }
}

/// Same bits at any number of threads. Throws UnsupportedDevice where the device has no kernel, and
/// std::invalid_argument where the shapes do not fit.
template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op) {
  check_shapes(op);
  dispatch(ctx, op);
}

/// The CPU's math library and its version, as loaded: "oneDNN 2.6.3".
std::string gemm_library();

}  // namespace lacuna
