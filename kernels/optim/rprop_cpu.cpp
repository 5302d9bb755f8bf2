#include "kernels/optim/rprop.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void rprop(const ExecContext& ctx, const RPropSettings& settings, const StepState* state,
           std::span<const TrainedParameter<T>> parameters) {
  update_all(ctx, parameters, *state, RPropRule<T>(settings, *state));
}

template void rprop(const ExecContext&, const RPropSettings&, const StepState*,
                    std::span<const TrainedParameter<float>>);
template void rprop(const ExecContext&, const RPropSettings&, const StepState*,
                    std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
