#include "kernels/optim/adam.hpp"
#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

namespace {

/// The step of one element, its constants rounded to T once.
template <class T>
struct AdamUpdate {
  T rate, beta1, one_minus_beta1, beta2, one_minus_beta2, step_size, inverse_correction2, epsilon,
      gradient_scale;

  AdamUpdate(const AdamSettings& s, std::int64_t step)
      : rate(static_cast<T>(s.learning_rate)),
        beta1(static_cast<T>(s.beta1)),
        one_minus_beta1(static_cast<T>(1.0 - s.beta1)),
        beta2(static_cast<T>(s.beta2)),
        one_minus_beta2(static_cast<T>(1.0 - s.beta2)),
        step_size(
            static_cast<T>(s.learning_rate / (1.0 - std::pow(s.beta1, static_cast<double>(step))))),
        inverse_correction2(
            static_cast<T>(1.0 / (1.0 - std::pow(s.beta2, static_cast<double>(step))))),
        epsilon(static_cast<T>(s.epsilon)),
        gradient_scale(static_cast<T>(s.gradient_scale)) {}

  void operator()(T& value, T gradient, T& m, T& v, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    m = std::fma(beta1, m, one_minus_beta1 * g);
    v = std::fma(beta2, v, one_minus_beta2 * g * g);
    const T decayed = value - rate * decay * value;
    value = decayed - step_size * m / (std::sqrt(v * inverse_correction2) + epsilon);
  }
};

}  // namespace

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const TrainedParameter<T>> parameters) {
  update_all(ctx, parameters, AdamUpdate<T>(settings, step));
}

template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const TrainedParameter<float>>);
template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
