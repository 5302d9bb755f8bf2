#include "kernels/optim/gradient_norm.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
double gradient_norm(const ExecContext& ctx, std::span<const TrainedParameter<T>> parameters) {
  double norm = 0;
  dispatch("gradient_norm", ctx, [&] { norm = cpu::gradient_norm(ctx, parameters); });
  return norm;
}

template double gradient_norm(const ExecContext&, std::span<const TrainedParameter<float>>);
template double gradient_norm(const ExecContext&, std::span<const TrainedParameter<double>>);

}  // namespace lacuna
