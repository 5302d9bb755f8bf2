#include "kernels/optim/adam.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const TrainedParameter<T>> parameters) {
  dispatch("adam", ctx, [&] { cpu::adam(ctx, settings, step, parameters); });
}

template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const TrainedParameter<float>>);
template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const TrainedParameter<double>>);

}  // namespace lacuna
