#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

template <class T>
void sgd_momentum(const ExecContext& ctx, const SgdSettings& settings, const StepState* state,
                  std::span<const TrainedParameter<T>> parameters) {
  update_all(ctx, parameters, *state, SgdRule<T>(settings, *state));
}

template void sgd_momentum(const ExecContext&, const SgdSettings&, const StepState*,
                           std::span<const TrainedParameter<float>>);
template void sgd_momentum(const ExecContext&, const SgdSettings&, const StepState*,
                           std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
