#pragma once

#include <cstdint>
#include <span>

#include "kernels/core/exec_context.hpp"

namespace lacuna {

struct AdamSettings {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

/// One parameter and its state; all arrays have `size` elements.
template <class T>
struct AdamParameter {
  T* value = nullptr;
  const T* gradient = nullptr;
  T* first_moment = nullptr;
  T* second_moment = nullptr;
  std::int64_t size = 0;
  T l2 = 0;  ///< lambda of a penalty (lambda / 2) |value|^2 in the loss
};

/// One step of Adam (Kingma and Ba, 2015, Algorithm 1) over all parameters in one call:
///   g = gradient + l2 value;  m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2
///   value -= learning_rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
/// `step` is t, counted from 1. Throws UnsupportedDevice where the device has no kernel.
template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const AdamParameter<T>> parameters);

namespace cpu {
template <class T>
void adam(const ExecContext& ctx, const AdamSettings& settings, std::int64_t step,
          std::span<const AdamParameter<T>> parameters);
}  // namespace cpu

}  // namespace lacuna
