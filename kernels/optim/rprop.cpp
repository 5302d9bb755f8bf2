#include "kernels/optim/rprop.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void rprop(const ExecContext& ctx, const RPropSettings& settings,
           std::span<const TrainedParameter<T>> parameters) {
  dispatch("rprop", ctx, [&] { cpu::rprop(ctx, settings, parameters); });
}

template void rprop(const ExecContext&, const RPropSettings&,
                    std::span<const TrainedParameter<float>>);
template void rprop(const ExecContext&, const RPropSettings&,
                    std::span<const TrainedParameter<double>>);

}  // namespace lacuna
