// One launch over all parameters; 28 bytes an element.
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/update_chunks.cuh"

namespace lacuna::LACUNA_DEVICE {

template <class T>
void rprop(const ExecContext& ctx, const RPropSettings& settings, const StepState* state,
           std::span<const TrainedParameter<T>> parameters) {
  update_chunks<RPropRule<T>, 2>(ctx, "rprop", settings, state, parameters);
}

template void rprop(const ExecContext&, const RPropSettings&, const StepState*,
                    std::span<const TrainedParameter<float>>);

}  // namespace lacuna::LACUNA_DEVICE
