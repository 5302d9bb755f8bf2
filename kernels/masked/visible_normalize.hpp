#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/masked/layer_masks.hpp"

namespace lacuna {

/// Sparsity Normalization of each unit of a masked layer by itself: the count is that of the
/// non-zeros which its mask lets through, so that no unit knows of inputs that it does not see:
///   y[r, b] = s[r, b] a[r, b],  s[r, b] = k[b] / max(|{i < depth[b]: x[r, i] != 0}|, 1)
/// with inputs and units by places, see LayerMasks.
template <class T>
struct VisibleNormalize {
  static constexpr std::string_view name = "visible_normalize";

  MatrixView<const T> x;  ///< [n, inputs]
  MatrixView<const T> a;  ///< [n, units], without biases
  LayerMasks<T> masks;    ///< only the depth, which it needs, is read
  const T* k = nullptr;   ///< [masks, units]
  MatrixView<T> y;        ///< [n, units]; may be a
  MatrixView<T> scale;    ///< [n, units], kept for the backward pass
};

/// da = scale dy, the count held constant.
template <class T>
struct VisibleNormalizeBackward {
  static constexpr std::string_view name = "visible_normalize_backward";

  MatrixView<const T> dy;     ///< [n, units]
  MatrixView<const T> scale;  ///< as the forward pass left it
  MatrixView<T> da;           ///< [n, units]; may be dy
};

/// Throw UnsupportedDevice where the device has no kernel, and std::invalid_argument where shapes
/// do not fit.
template <class T>
void visible_normalize(const ExecContext& ctx, const VisibleNormalize<T>& op) {
  if (op.x.rows != op.a.rows || op.masks.depth == nullptr) {
    throw std::invalid_argument("visible_normalize: not as many rows of x as of a, or no mask");
  }
  dispatch(ctx, op);
}
template <class T>
void visible_normalize_backward(const ExecContext& ctx, const VisibleNormalizeBackward<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
