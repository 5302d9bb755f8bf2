#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "kernels/core/op.hpp"
#include "kernels/core/philox.hpp"
#include "kernels/core/sparsity.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// Dropout (Srivastava et al., 2014), scaled in training: y = x / (1 - rate) where an element is
/// kept and x times 0 elsewhere, so that a NaN stays one. Whether element (r, c) is kept is a
/// function of (seed, purpose, step, (first_row + r) cols + c) alone: the same on every device and
/// however rows are dealt to processes; with the rate to the nearest 2^-16. The step is read on the
/// device, so that a captured step draws anew. With Sparsity Normalization (Yi et al., *Why Not to
/// Use Zero Imputation?*) K / max(count, 1) takes the place of 1 / (1 - rate), the count that of
/// the elements that were kept of the row.
template <class T>
struct Dropout {
  static constexpr std::string_view name = "dropout";

  MatrixView<const T> x;                     ///< [rows, cols]
  double rate = 0;                           ///< share of the elements that are dropped, in [0, 1)
  SparsityNormalization normalization = {};  ///< by mask; k == 0: off
  RandomStream stream;                       ///< one a layer; its step is not used
  const std::int64_t* step = nullptr;        ///< [1]: of training, or the draw of an evaluation
  std::int64_t first_row = 0;                ///< the batch's first row in the global batch
  MatrixView<T> y;                           ///< [rows, cols]; may be x
  std::uint8_t* mask = nullptr;              ///< [rows, cols], without gaps: 1 where kept, else 0
  T* scale = nullptr;                        ///< [rows], with normalization only: each row's
};

/// dx = dy mask / (1 - rate), or dx += that; with normalization the row's scale, held constant,
/// takes the place of 1 / (1 - rate).
template <class T>
struct DropoutBackward {
  static constexpr std::string_view name = "dropout_backward";

  MatrixView<const T> dy;              ///< [rows, cols]
  double rate = 0;                     ///< as in the forward pass
  const std::uint8_t* mask = nullptr;  ///< as it left it
  const T* scale = nullptr;            ///< likewise; nullptr: 1 / (1 - rate)
  bool accumulate = false;
  MatrixView<T> dx;  ///< [rows, cols]; may be dy where nothing is accumulated
};

inline void check_dropout_rate(double rate) {
  if (rate >= 0 && rate < 1) return;
  throw std::invalid_argument("dropout: a rate of " + std::to_string(rate) +
                              ", which must be in [0, 1)");
}

/// Throw UnsupportedDevice where the device has no kernel, and std::invalid_argument for a rate
/// outside of [0, 1).
template <class T>
void dropout(const ExecContext& ctx, const Dropout<T>& op) {
  check_dropout_rate(op.rate);
  dispatch(ctx, op);
}
template <class T>
void dropout_backward(const ExecContext& ctx, const DropoutBackward<T>& op) {
  check_dropout_rate(op.rate);
  dispatch(ctx, op);
}

}  // namespace lacuna
