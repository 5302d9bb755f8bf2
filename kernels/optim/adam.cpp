#include "kernels/optim/adam.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, const StepState* state,
          std::span<const TrainedParameter<T>> parameters) {
  dispatch<T>(
      "adam", ctx, [&] { cpu::adam(ctx, settings, state, parameters); },
      [&] { cuda::adam(ctx, settings, state, parameters); },
      [&] { emulated::adam(ctx, settings, state, parameters); });
}

template void adam(const ExecContext&, const AdamSettings&, const StepState*,
                   std::span<const TrainedParameter<float>>);
template void adam(const ExecContext&, const AdamSettings&, const StepState*,
                   std::span<const TrainedParameter<double>>);

}  // namespace lacuna
