#include "kernels/data/gather_dense.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void gather_dense(const ExecContext& ctx, const GatherDense<T>& op) {
  dispatch<T>(
      "gather_dense", ctx, [&] { cpu::gather_dense(ctx, op); },
      [&] { cuda::gather_dense(ctx, op); }, [&] { emulated::gather_dense(ctx, op); });
}

template void gather_dense(const ExecContext&, const GatherDense<float>&);
template void gather_dense(const ExecContext&, const GatherDense<double>&);

}  // namespace lacuna
