#include "kernels/optim/sgd_momentum.hpp"

#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
struct SgdUpdate {
  T rate, momentum, gradient_scale;

  explicit SgdUpdate(const SgdSettings& s)
      : rate(static_cast<T>(s.learning_rate)),
        momentum(static_cast<T>(s.momentum)),
        gradient_scale(static_cast<T>(s.gradient_scale)) {}

  void operator()(T& value, T gradient, T& velocity, T&, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    velocity = std::fma(momentum, velocity, g);
    value = value - rate * decay * value - rate * velocity;
  }
};

}  // namespace

template <class T>
void sgd_momentum(const ExecContext& ctx, const SgdSettings& settings,
                  std::span<const TrainedParameter<T>> parameters) {
  update_all(ctx, parameters, SgdUpdate<T>(settings));
}

template void sgd_momentum(const ExecContext&, const SgdSettings&,
                           std::span<const TrainedParameter<float>>);
template void sgd_momentum(const ExecContext&, const SgdSettings&,
                           std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
