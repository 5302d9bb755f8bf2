#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/masked/layer_masks.hpp"

namespace lacuna {

/// The products of a masked layer, W [inputs, units] its weights by places, as rearrange() puts
/// them, x [n, inputs] and y [n, units].
enum class StaircaseForm {
  forward,     ///< y = x W
  to_inputs,   ///< dx = dy W^T
  to_weights,  ///< dW = x^T dy where a unit sees the input; elsewhere it is anything
};

/// C = A B + beta C, as a dense product; on the CPU in about half its operations, since what no
/// unit of a block sees is left out. beta is 0 or 1.
template <class T>
struct StaircaseProduct {
  static constexpr std::string_view name = "staircase_product";

  StaircaseForm form = StaircaseForm::forward;
  MatrixView<const T> a;  ///< x; dy; x
  MatrixView<const T> b;  ///< W; W; dy
  LayerMasks<T> masks;    ///< of W: only the depth is read
  T beta = 0;
  MatrixView<T> c;  ///< y; dx; dW
};

template <class T>
void check_staircase(const StaircaseProduct<T>& op) {
  bool fit = false;
  switch (op.form) {
    case StaircaseForm::forward:
      fit = op.a.cols == op.b.rows && op.a.rows == op.c.rows && op.b.cols == op.c.cols;
      break;
    case StaircaseForm::to_inputs:
      fit = op.a.cols == op.b.cols && op.a.rows == op.c.rows && op.b.rows == op.c.cols;
      break;
    case StaircaseForm::to_weights:
      fit = op.a.rows == op.b.rows && op.a.cols == op.c.rows && op.b.cols == op.c.cols;
      break;
  }
  if (!fit) throw std::invalid_argument("staircase_product: the shapes of A, B and C do not fit");
}

/// Same bits at any number of threads. Throws UnsupportedDevice where the device has no kernel, and
/// std::invalid_argument where the shapes do not fit.
template <class T>
void staircase_product(const ExecContext& ctx, const StaircaseProduct<T>& op) {
  check_staircase(op);
  dispatch(ctx, op);
}

}  // namespace lacuna
