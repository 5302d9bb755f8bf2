#include "kernels/sparse/gather_rows.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void gather_rows(const ExecContext& ctx, const GatherRows<T>& op) {
  dispatch<T>(
      "gather_rows", ctx, [&] { cpu::gather_rows(ctx, op); }, [&] { cuda::gather_rows(ctx, op); },
      [&] { emulated::gather_rows(ctx, op); });
}

template void gather_rows(const ExecContext&, const GatherRows<float>&);
template void gather_rows(const ExecContext&, const GatherRows<double>&);

}  // namespace lacuna
