#include "kernels/data/gather_elements.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void gather_elements(const ExecContext& ctx, const GatherElements<T>& op) {
  dispatch<T>(
      "gather_elements", ctx, [&] { cpu::gather_elements(ctx, op); },
      [&] { cuda::gather_elements(ctx, op); }, [&] { emulated::gather_elements(ctx, op); });
}

template void gather_elements(const ExecContext&, const GatherElements<float>&);
template void gather_elements(const ExecContext&, const GatherElements<double>&);

}  // namespace lacuna
