#pragma once

#include <cmath>

#include "kernels/core/device_code.hpp"
#include "kernels/optim/adagrad.hpp"
#include "kernels/optim/adam.hpp"
#include "kernels/optim/rmsprop.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/optim/trained_parameter.hpp"

/// What the optimisers do to one element, for every device. A rule is made once a call, its
/// constants rounded to T; it is then called with (value, gradient, state 0, state 1, l2, decay).
namespace lacuna {
inline namespace LACUNA_NS {

/// A parameter's l2 for the rows of this step.
template <class T>
LACUNA_INLINE T penalty_of(const TrainedParameter<T>& parameter, const Clock& clock) {
  return static_cast<T>(clock.input.penalty_share * parameter.l2);
}

/// The gradient of the whole loss, scaled: gradient_scale (gradient + l2 value).
template <class T>
LACUNA_INLINE T total_gradient(T gradient_scale, T l2, T value, T gradient) {
  return gradient_scale * std::fma(l2, value, gradient);
}

LACUNA_INLINE double clipping_scale(double norm, double largest) {
  return norm > largest ? largest / norm : 1.0;
}

/// base^n by squaring: a call of std::pow makes a GPU's kernel spill registers.
LACUNA_INLINE double power(double base, std::int64_t n) {
  double result = 1;
  for (; n > 0; n /= 2) {
    if (n % 2 != 0) result *= base;
    base *= base;
  }
  return result;
}

template <class T>
struct AdamRule {
  T rate, beta1, one_minus_beta1, beta2, one_minus_beta2, step_size, inverse_correction2, epsilon,
      gradient_scale;

  AdamRule() = default;
  LACUNA_INLINE AdamRule(const AdamSettings& s, const Clock& clock, const OptimizerState& state) {
    const double learning_rate = clock.input.rate * s.learning_rate;
    rate = static_cast<T>(learning_rate);
    beta1 = static_cast<T>(s.beta1);
    one_minus_beta1 = static_cast<T>(1.0 - s.beta1);
    beta2 = static_cast<T>(s.beta2);
    one_minus_beta2 = static_cast<T>(1.0 - s.beta2);
    step_size = static_cast<T>(learning_rate / (1.0 - power(s.beta1, state.step)));
    inverse_correction2 = static_cast<T>(1.0 / (1.0 - power(s.beta2, state.step)));
    epsilon = static_cast<T>(s.epsilon);
    gradient_scale = static_cast<T>(state.gradient_scale);
  }

  LACUNA_INLINE void operator()(T& value, T gradient, T& m, T& v, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    m = std::fma(beta1, m, one_minus_beta1 * g);
    v = std::fma(beta2, v, one_minus_beta2 * g * g);
    const T decayed = value - rate * decay * value;
    value = decayed - step_size * m / (std::sqrt(v * inverse_correction2) + epsilon);
  }
};

template <class T>
struct SgdRule {
  T rate, momentum, gradient_scale;

  SgdRule() = default;
  LACUNA_INLINE SgdRule(const SgdSettings& s, const Clock& clock, const OptimizerState& state)
      : rate(static_cast<T>(clock.input.rate * s.learning_rate)),
        momentum(static_cast<T>(s.momentum)),
        gradient_scale(static_cast<T>(state.gradient_scale)) {}

  LACUNA_INLINE void operator()(T& value, T gradient, T& velocity, T&, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    velocity = std::fma(momentum, velocity, g);
    value = value - rate * decay * value - rate * velocity;
  }
};

template <class T>
struct RMSPropRule {
  T rate, decay_of_square, one_minus_decay, momentum, epsilon, gradient_scale;

  RMSPropRule() = default;
  LACUNA_INLINE RMSPropRule(const RMSPropSettings& s, const Clock& clock,
                            const OptimizerState& state)
      : rate(static_cast<T>(clock.input.rate * s.learning_rate)),
        decay_of_square(static_cast<T>(s.decay)),
        one_minus_decay(static_cast<T>(1.0 - s.decay)),
        momentum(static_cast<T>(s.momentum)),
        epsilon(static_cast<T>(s.epsilon)),
        gradient_scale(static_cast<T>(state.gradient_scale)) {}

  LACUNA_INLINE void operator()(T& value, T gradient, T& velocity, T& square, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    square = std::fma(decay_of_square, square, one_minus_decay * g * g);
    velocity = std::fma(momentum, velocity, g / (std::sqrt(square) + epsilon));
    value = value - rate * decay * value - rate * velocity;
  }
};

template <class T>
struct AdaGradRule {
  T rate, epsilon, gradient_scale;

  AdaGradRule() = default;
  LACUNA_INLINE AdaGradRule(const AdaGradSettings& s, const Clock& clock,
                            const OptimizerState& state)
      : rate(static_cast<T>(clock.input.rate * s.learning_rate)),
        epsilon(static_cast<T>(s.epsilon)),
        gradient_scale(static_cast<T>(state.gradient_scale)) {}

  LACUNA_INLINE void operator()(T& value, T gradient, T& sum, T&, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    sum = std::fma(g, g, sum);
    value = value - rate * decay * value - rate * g / (std::sqrt(sum) + epsilon);
  }
};

template <class T>
struct RPropRule {
  T increase, decrease, smallest, largest, rate, gradient_scale;

  RPropRule() = default;
  LACUNA_INLINE RPropRule(const RPropSettings& s, const Clock& clock, const OptimizerState& state)
      : increase(static_cast<T>(s.increase)),
        decrease(static_cast<T>(s.decrease)),
        smallest(static_cast<T>(s.smallest_step)),
        largest(static_cast<T>(s.largest_step)),
        rate(static_cast<T>(clock.input.rate * s.learning_rate)),
        gradient_scale(static_cast<T>(state.gradient_scale)) {}

  LACUNA_INLINE void operator()(T& value, T gradient, T& previous, T& step, T l2, T decay) const {
    const T g = total_gradient(gradient_scale, l2, value, gradient);
    // Signs are compared, not multiplied: tiny gradients' product underflows to 0. Everything is
    // evaluated always: conditions on comparisons keep the loop scalar.
    const bool same = ((g > 0) & (previous > 0)) | ((g < 0) & (previous < 0));
    const bool turned = ((g > 0) & (previous < 0)) | ((g < 0) & (previous > 0));
    const T longer = increase * step;
    const T shorter = decrease * step;
    const T grown = longer < largest ? longer : largest;
    const T shrunk = shorter > smallest ? shorter : smallest;
    step = same ? grown : step;
    step = turned ? shrunk : step;
    const T kept = turned ? T(0) : g;
    const bool up = kept > 0;
    const bool down = kept < 0;
    T move = up ? step : T(0);
    move = down ? -step : move;
    value = value - rate * decay * value - move;
    previous = kept;
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
