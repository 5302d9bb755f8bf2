#include "kernels/optim/sgd_momentum.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void sgd_momentum(const ExecContext& ctx, const SgdSettings& settings, const StepState* state,
                  std::span<const TrainedParameter<T>> parameters) {
  dispatch<T>(
      "sgd_momentum", ctx, [&] { cpu::sgd_momentum(ctx, settings, state, parameters); },
      [&] { cuda::sgd_momentum(ctx, settings, state, parameters); },
      [&] { emulated::sgd_momentum(ctx, settings, state, parameters); });
}

template void sgd_momentum(const ExecContext&, const SgdSettings&, const StepState*,
                           std::span<const TrainedParameter<float>>);
template void sgd_momentum(const ExecContext&, const SgdSettings&, const StepState*,
                           std::span<const TrainedParameter<double>>);

}  // namespace lacuna
