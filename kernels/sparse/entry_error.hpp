#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// The squared error of dense predictions at the entries of sparse rows, with its gradient:
///   loss = {sum over entries (r, c, t) of (p[r, c] - t)^2, entries}
///   gradient[r, c] = 2 (p[r, c] - t) at entries, 0 elsewhere
/// What observed_loss computes where the predictions exist. A NaN in a prediction at an entry makes
/// the loss NaN, elsewhere nothing.
template <class T>
struct EntryError {
  static constexpr std::string_view name = "entry_error";

  MatrixView<const T> prediction;  ///< [n, d]
  CsrView<T> target;               ///< [n, d]
  LossSum* loss = nullptr;         ///< [1]
  MatrixView<T> gradient;          ///< [n, d]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void entry_error(const ExecContext& ctx, const EntryError<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
