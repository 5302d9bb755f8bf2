#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Probabilities of classes: y[r, k] = exp(x[r, k]) / sum over j of exp(x[r, j]), without overflow
/// for finite x. A NaN or an infinity of x makes all of its row NaN; -inf has probability 0.
template <class T>
struct Softmax {
  static constexpr std::string_view name = "softmax";

  MatrixView<const T> x;  ///< [rows, c]
  MatrixView<T> y;        ///< [rows, c]; may be x
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void softmax(const ExecContext& ctx, const Softmax<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
