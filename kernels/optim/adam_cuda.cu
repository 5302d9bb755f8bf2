// One launch over all parameters; 28 bytes an element.
#include "kernels/optim/adam.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, const StepState* state,
          std::span<const TrainedParameter<T>> parameters) {
  update_chunks<AdamRule<T>, 2>(ctx, "adam", settings, state, parameters);
}

template void adam(const ExecContext&, const AdamSettings&, const StepState*,
                   std::span<const TrainedParameter<float>>);

}  // namespace lacuna::LACUNA_DEVICE
