#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace lacuna {

/// One parameter as an optimiser kernel sees it; every array has `size` elements. What `state`
/// holds is the optimiser's business; it is not read where the optimiser keeps fewer.
template <class T>
struct TrainedParameter {
  T* value = nullptr;
  const T* gradient = nullptr;
  std::array<T*, 2> state{};
  std::int64_t size = 0;
  T l2 = 0;     ///< lambda of a penalty (lambda / 2) |value|^2 in the loss
  T decay = 0;  ///< decoupled decay: each step begins with value -= learning_rate decay value
};

/// The gradient of the whole loss, scaled: gradient_scale (gradient + l2 value).
template <class T>
inline T total_gradient(T gradient_scale, T l2, T value, T gradient) {
  return gradient_scale * std::fma(l2, value, gradient);
}

}  // namespace lacuna
