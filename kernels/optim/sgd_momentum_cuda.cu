// One launch over all parameters; 20 bytes an element.
#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

template <class T>
void sgd_momentum(const ExecContext& ctx, const SgdSettings& settings, const StepState* state,
                  std::span<const TrainedParameter<T>> parameters) {
  update_chunks<SgdRule<T>, 1>(ctx, "sgd_momentum", settings, state, parameters);
}

template void sgd_momentum(const ExecContext&, const SgdSettings&, const StepState*,
                           std::span<const TrainedParameter<float>>);

}  // namespace lacuna::LACUNA_DEVICE
