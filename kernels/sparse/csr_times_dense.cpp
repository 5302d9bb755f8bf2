#include "kernels/sparse/csr_times_dense.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void csr_times_dense(const ExecContext& ctx, const CsrTimesDense<T>& op) {
  dispatch<T>(
      "csr_times_dense", ctx, [&] { cpu::csr_times_dense(ctx, op); },
      [&] { cuda::csr_times_dense(ctx, op); }, [&] { emulated::csr_times_dense(ctx, op); });
}

template <class T>
void csr_times_dense_backward(const ExecContext& ctx, const CsrTimesDenseBackward<T>& op) {
  dispatch<T>(
      "csr_times_dense_backward", ctx, [&] { cpu::csr_times_dense_backward(ctx, op); },
      [&] { cuda::csr_times_dense_backward(ctx, op); },
      [&] { emulated::csr_times_dense_backward(ctx, op); });
}

template void csr_times_dense(const ExecContext&, const CsrTimesDense<float>&);
template void csr_times_dense(const ExecContext&, const CsrTimesDense<double>&);
template void csr_times_dense_backward(const ExecContext&, const CsrTimesDenseBackward<float>&);
template void csr_times_dense_backward(const ExecContext&, const CsrTimesDenseBackward<double>&);

}  // namespace lacuna
