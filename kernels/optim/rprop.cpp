#include "kernels/optim/rprop.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void rprop(const ExecContext& ctx, const RPropSettings& settings, const StepState* state,
           std::span<const TrainedParameter<T>> parameters) {
  dispatch<T>(
      "rprop", ctx, [&] { cpu::rprop(ctx, settings, state, parameters); },
      [&] { cuda::rprop(ctx, settings, state, parameters); },
      [&] { emulated::rprop(ctx, settings, state, parameters); });
}

template void rprop(const ExecContext&, const RPropSettings&, const StepState*,
                    std::span<const TrainedParameter<float>>);
template void rprop(const ExecContext&, const RPropSettings&, const StepState*,
                    std::span<const TrainedParameter<double>>);

}  // namespace lacuna
