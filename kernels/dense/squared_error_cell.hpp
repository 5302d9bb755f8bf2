#pragma once

#include "kernels/dense/cell_loss.hpp"
#include "kernels/dense/squared_error.hpp"

/// What squared_error makes of one cell, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

template <class T>
struct SquaredErrorCell {
  static constexpr double slope = 2;
  T weight, error;

  LACUNA_INLINE SquaredErrorCell(T weight_, T prediction, T target)
      : weight(weight_), error(weight_ == T(0) ? T(0) : prediction - target) {}

  LACUNA_INLINE double loss() const {
    const double e = static_cast<double>(error);
    return static_cast<double>(weight) * e * e;
  }
  LACUNA_INLINE T gradient(T scale) const { return scale * (weight * error); }
};

template <class T>
LACUNA_INLINE CellLoss<T> cells_of(const SquaredError<T>& op) {
  return {op.prediction, op.target, op.observed,           op.row_weight,
          op.scale,      op.loss,   op.prediction_gradient};
}

}  // namespace LACUNA_NS
}  // namespace lacuna
