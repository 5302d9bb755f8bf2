#include "kernels/optim/adam.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, const StepState* state,
          std::span<const TrainedParameter<T>> parameters) {
  update_all(ctx, parameters, *state, AdamRule<T>(settings, *state));
}

template void adam(const ExecContext&, const AdamSettings&, const StepState*,
                   std::span<const TrainedParameter<float>>);
template void adam(const ExecContext&, const AdamSettings&, const StepState*,
                   std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
