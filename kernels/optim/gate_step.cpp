#include "kernels/optim/gate_step.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void gate_step(const ExecContext& ctx, const GateStep<T>& op) {
  dispatch<T>(
      "gate_step", ctx, [&] { cpu::gate_step(ctx, op); }, [&] { cuda::gate_step(ctx, op); },
      [&] { emulated::gate_step(ctx, op); });
}

template void gate_step(const ExecContext&, const GateStep<float>&);
template void gate_step(const ExecContext&, const GateStep<double>&);

}  // namespace lacuna
