#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/masked/layer_masks.hpp"

namespace lacuna {

/// A layer's weights by places, 0 where a unit does not see an input:
///   y[a, b] = scale[b] x[input_order[a], unit_order[b]] where a < depth[b], else 0.
/// Without a depth it reorders the columns of any rows.
template <class T>
struct Rearrange {
  static constexpr std::string_view name = "rearrange";

  MatrixView<const T> x;  ///< [inputs, units]
  LayerMasks<T> masks;
  MatrixView<T> y;  ///< [inputs, units], not x
};

/// dx[input_order[a], unit_order[b]] = scale[b] dy[a, b] where a < depth[b], else 0; or that is
/// added. dy is not read where it does not count. Orders are permutations, so that all of dx is
/// written.
template <class T>
struct RearrangeBackward {
  static constexpr std::string_view name = "rearrange_backward";

  MatrixView<const T> dy;  ///< [inputs, units]
  LayerMasks<T> masks;
  bool accumulate = false;
  MatrixView<T> dx;  ///< [inputs, units], not dy
};

template <class T>
void check_rearranged(const MatrixView<const T>& from, const MatrixView<T>& to) {
  if (from.rows == to.rows && from.cols == to.cols) return;
  throw std::invalid_argument("rearrange: the two matrices differ in shape");
}

/// Throw UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// differ.
template <class T>
void rearrange(const ExecContext& ctx, const Rearrange<T>& op) {
  check_rearranged(op.x, op.y);
  dispatch(ctx, op);
}
template <class T>
void rearrange_backward(const ExecContext& ctx, const RearrangeBackward<T>& op) {
  check_rearranged(op.dy, op.dx);
  dispatch(ctx, op);
}

}  // namespace lacuna
