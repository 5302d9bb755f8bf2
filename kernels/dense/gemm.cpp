#include "kernels/dense/gemm.hpp"

#include <stdexcept>

#include "kernels/core/dispatch.hpp"

namespace lacuna {

namespace {

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

}  // namespace

template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op) {
  check_shapes(op);
  dispatch<T>(
      "gemm", ctx, [&] { cpu::gemm(ctx, op); }, [&] { cuda::gemm(ctx, op); },
      [&] { emulated::gemm(ctx, op); });
}

template void gemm(const ExecContext&, const Gemm<float>&);
template void gemm(const ExecContext&, const Gemm<double>&);

}  // namespace lacuna
