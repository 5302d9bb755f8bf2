#include "kernels/optim/sgd_momentum.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void sgd_momentum(const ExecContext& ctx, const SgdSettings& settings,
                  std::span<const TrainedParameter<T>> parameters) {
  dispatch("sgd_momentum", ctx, [&] { cpu::sgd_momentum(ctx, settings, parameters); });
}

template void sgd_momentum(const ExecContext&, const SgdSettings&,
                           std::span<const TrainedParameter<float>>);
template void sgd_momentum(const ExecContext&, const SgdSettings&,
                           std::span<const TrainedParameter<double>>);

}  // namespace lacuna
