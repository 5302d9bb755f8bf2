#pragma once

namespace lacuna {

/// A term of the loss over a step, or summed over the steps of an epoch; on the device.
struct LossSum {
  double sum = 0;
  double count = 0;  ///< of what is summed, cells or rows, or what those weigh
};

}  // namespace lacuna
