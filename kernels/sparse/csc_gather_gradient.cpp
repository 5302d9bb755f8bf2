#include "kernels/sparse/csc_gather_gradient.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void csc_gather_gradient(const ExecContext& ctx, const CscGatherGradient<T>& op) {
  dispatch<T>(
      "csc_gather_gradient", ctx, [&] { cpu::csc_gather_gradient(ctx, op); },
      [&] { cuda::csc_gather_gradient(ctx, op); }, [&] { emulated::csc_gather_gradient(ctx, op); });
}

template void csc_gather_gradient(const ExecContext&, const CscGatherGradient<float>&);
template void csc_gather_gradient(const ExecContext&, const CscGatherGradient<double>&);

}  // namespace lacuna
