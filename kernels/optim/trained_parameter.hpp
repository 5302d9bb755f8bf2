#pragma once

#include <array>
#include <cstdint>

namespace lacuna {

/// One parameter as an optimiser kernel sees it; every array has `size` elements. What `state`
/// holds is the optimiser's business; it is nullptr where the optimiser keeps fewer.
template <class T>
struct TrainedParameter {
  T* value = nullptr;
  const T* gradient = nullptr;
  std::array<T*, 2> state{};
  std::int64_t size = 0;
  double l2 = 0;     ///< lambda of a penalty (lambda / 2) |value|^2 in the loss of all rows
  double decay = 0;  ///< decoupled decay: each step begins with value -= learning_rate decay value
};

}  // namespace lacuna
