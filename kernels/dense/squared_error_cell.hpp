#pragma once

#include "kernels/core/device_code.hpp"

/// What squared_error makes of one cell, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

/// What a cell's weighted error is multiplied with in its gradient; 0 where nothing counts.
template <class T>
LACUNA_INLINE T squared_error_scale(double scale, double sum_of_weights) {
  return sum_of_weights == 0 ? T(0) : static_cast<T>(2 * scale / sum_of_weights);
}

template <class T>
struct SquaredErrorCell {
  T weight, error;

  /// Cells of weight 0 may hold anything.
  LACUNA_INLINE SquaredErrorCell(T weight_, T prediction, T target)
      : weight(weight_), error(weight_ == T(0) ? T(0) : prediction - target) {}

  LACUNA_INLINE double loss() const {
    const double e = static_cast<double>(error);
    return static_cast<double>(weight) * e * e;
  }
  LACUNA_INLINE T gradient(T scale) const { return scale * (weight * error); }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
