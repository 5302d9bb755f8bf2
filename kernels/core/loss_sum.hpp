#pragma once

namespace lacuna {

/// A loss term of one step, or summed over an epoch, on the device: its mean is sum / count.
struct LossSum {
  double sum = 0;
  double count = 0;  ///< of terms, each with its weight
};

}  // namespace lacuna
