#pragma once

#include <cstdint>
#include <span>

#include "kernels/core/exec_context.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

struct AdamSettings {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double gradient_scale = 1;  ///< gradient clipping by norm makes it smaller than 1
};

/// One step of Adam (Kingma and Ba, 2015, Algorithm 1) over all parameters in one call; with
/// decoupled decay it is AdamW (Loshchilov and Hutter, 2019). State: m and v, zero at first.
///   value -= learning_rate decay value;  g = gradient_scale (gradient + l2 value)
///   m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2
///   value -= learning_rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
/// `step` is t, counted from 1. Throws UnsupportedDevice where the device has no kernel.
template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const TrainedParameter<T>> parameters);

namespace cpu {
template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const TrainedParameter<T>> parameters);
}  // namespace cpu

}  // namespace lacuna
