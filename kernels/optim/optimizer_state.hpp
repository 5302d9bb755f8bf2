#pragma once

#include <cstdint>

namespace lacuna {

/// What an optimiser keeps beside its parameters' states; on the device.
struct OptimizerState {
  std::int64_t step = 0;      ///< steps taken; Adam's t during the update
  double gradient_scale = 1;  ///< smaller where the gradient's norm is clipped
};

}  // namespace lacuna
