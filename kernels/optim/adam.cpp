#include "kernels/optim/adam.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const AdamParameter<T>> parameters) {
  dispatch("adam", ctx, [&] { cpu::adam(ctx, settings, step, parameters); });
}

template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const AdamParameter<float>>);
template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const AdamParameter<double>>);

}  // namespace lacuna
