#pragma once

#include <string>

#include "kernels/core/exec_context.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

enum class Transpose { no, yes };

/// C = alpha op(A) op(B) + beta C + bias, with op(A) [m, k], op(B) [k, n], C [m, n]; beta == 0
/// overwrites C.
template <class T>
struct Gemm {
  MatrixView<const T> a;  ///< [m, k], or [k, m] with transpose_a
  MatrixView<const T> b;  ///< [k, n], or [n, k] with transpose_b
  MatrixView<T> c;        ///< [m, n]
  Transpose transpose_a = Transpose::no;
  Transpose transpose_b = Transpose::no;
  T alpha = 1;
  T beta = 0;
  const T* bias = nullptr;  ///< [n], added to every row; nullptr: none
};

/// Same bits at any number of threads. Throws UnsupportedDevice where the device has no kernel, and
/// std::invalid_argument where the shapes do not fit.
template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op);

/// The CPU's math library and its version, as loaded: "oneDNN 2.6.3".
std::string gemm_library();

namespace cpu {
template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op);
}  // namespace cpu
namespace cuda {
template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op);
}  // namespace cuda
namespace emulated {
template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op);
}  // namespace emulated

}  // namespace lacuna
