#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// The op that does nothing, y = x: copy its files to begin another one. Here stands what an op
/// computes, as a formula with the paper and the equation it comes from; what a NaN does; whether
/// bits depend on the number of threads.
template <class T>
struct Null {
  static constexpr std::string_view name = "null";

  MatrixView<const T> x;  ///< [rows, cols]: every operand says its shape and what it may be
  MatrixView<T> y;        ///< [rows, cols]; may be x
};

/// dx = dy: what a layer needs to learn through it. An op without a gradient has no such struct.
template <class T>
struct NullBackward {
  static constexpr std::string_view name = "null_backward";

  MatrixView<const T> dy;  ///< [rows, cols]
  MatrixView<T> dx;        ///< [rows, cols]; may be dy
};

/// Throw UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// differ.
template <class T>
void null(const ExecContext& ctx, const Null<T>& op) {
  if (op.x.rows != op.y.rows || op.x.cols != op.y.cols) {
    throw std::invalid_argument("null: the shapes of x and y differ");
  }
  dispatch(ctx, op);
}
template <class T>
void null_backward(const ExecContext& ctx, const NullBackward<T>& op) {
  if (op.dy.rows != op.dx.rows || op.dy.cols != op.dx.cols) {
    throw std::invalid_argument("null_backward: the shapes of dy and dx differ");
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
