#pragma once

#include "kernels/core/device_code.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

/// What losses over the cells of a matrix share; they differ in what they make of one cell, a
/// functor Cell<T>(weight, output, target) with
///   loss()           of the cell, weighted, in double
///   gradient(scale)  scale times its weighted derivative over `slope`
/// Cells of weight 0 may hold anything.
namespace lacuna {

template <class T>
struct CellLoss {
  MatrixView<const T> output;  ///< [rows, k]
  MatrixView<const T> target;  ///< [rows, k]
  MatrixView<const T> observed;
  const T* row_weight;
  double scale;
  LossSum* loss;
  MatrixView<T> gradient;  ///< [rows, k]; no data: not wanted
};

inline namespace LACUNA_NS {

/// What a cell's gradient is scaled with; 0 where nothing counts.
template <class T>
LACUNA_INLINE T cell_scale(double slope, double scale, double sum_of_weights) {
  return sum_of_weights == 0 ? T(0) : static_cast<T>(slope * scale / sum_of_weights);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
