#include <cmath>

#include "kernels/core/partition.hpp"
#include "kernels/optim/adam.hpp"

namespace lacuna::cpu {

namespace {

/// The step's constants, rounded to T once.
template <class T>
struct Coefficients {
  T beta1, one_minus_beta1, beta2, one_minus_beta2, step_size, inverse_correction2, epsilon;

  Coefficients(const AdamSettings& s, std::int64_t step)
      : beta1(static_cast<T>(s.beta1)),
        one_minus_beta1(static_cast<T>(1.0 - s.beta1)),
        beta2(static_cast<T>(s.beta2)),
        one_minus_beta2(static_cast<T>(1.0 - s.beta2)),
        step_size(
            static_cast<T>(s.learning_rate / (1.0 - std::pow(s.beta1, static_cast<double>(step))))),
        inverse_correction2(
            static_cast<T>(1.0 / (1.0 - std::pow(s.beta2, static_cast<double>(step))))),
        epsilon(static_cast<T>(s.epsilon)) {}
};

template <class T>
void update(const Coefficients<T>& c, const AdamParameter<T>& p, std::int64_t begin,
            std::int64_t end) {
  T* __restrict value = p.value;
  const T* __restrict gradient = p.gradient;
  T* __restrict m = p.first_moment;
  T* __restrict v = p.second_moment;
#pragma omp simd
  for (std::int64_t i = begin; i < end; ++i) {
    const T g = std::fma(p.l2, value[i], gradient[i]);
    m[i] = std::fma(c.beta1, m[i], c.one_minus_beta1 * g);
    v[i] = std::fma(c.beta2, v[i], c.one_minus_beta2 * g * g);
    value[i] -= c.step_size * m[i] / (std::sqrt(v[i] * c.inverse_correction2) + c.epsilon);
  }
}

}  // namespace

template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const AdamParameter<T>> parameters) {
  const Coefficients<T> coefficients(settings, step);
#pragma omp parallel num_threads(ctx.threads)
  for (const AdamParameter<T>& parameter : parameters) {
    const Blocks blocks{parameter.size, 16384};
#pragma omp for schedule(static) nowait
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
      update(coefficients, parameter, blocks.begin(block), blocks.end(block));
    }
  }
}

template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const AdamParameter<float>>);
template void adam(const ExecContext&, const AdamSettings&, std::int64_t,
                   std::span<const AdamParameter<double>>);

}  // namespace lacuna::cpu
