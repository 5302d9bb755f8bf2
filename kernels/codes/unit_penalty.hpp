#pragma once

#include <stdexcept>

#include "kernels/codes/unit_terms.hpp"
#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// A penalty of hidden units, a function of one unit at a time:
///   loss = {sum over rows and units of term(h), n}
/// whose mean over rows, loss.sum / loss.count, is what is added to a loss. A NaN makes it NaN.
/// Same bits at any number of threads.
template <class T>
struct UnitPenalty {
  static constexpr std::string_view name = "unit_penalty";

  MatrixView<const T> h;  ///< [n, m]
  UnitTerm term = UnitTerm::l1;
  LossSum* loss = nullptr;  ///< [1]
};

/// dh = scale term'(h) / n, or dh += that: the gradient of scale loss.sum / loss.count.
template <class T>
struct UnitPenaltyBackward {
  static constexpr std::string_view name = "unit_penalty_backward";

  MatrixView<const T> h;  ///< [n, m]
  UnitTerm term = UnitTerm::l1;
  double scale = 1;
  bool accumulate = false;
  MatrixView<T> dh;  ///< [n, m]; may be h where nothing is accumulated
};

/// Throw UnsupportedDevice where the device has no kernel, the second std::invalid_argument, too,
/// where shapes differ.
template <class T>
void unit_penalty(const ExecContext& ctx, const UnitPenalty<T>& op) {
  dispatch(ctx, op);
}
template <class T>
void unit_penalty_backward(const ExecContext& ctx, const UnitPenaltyBackward<T>& op) {
  if (op.h.rows != op.dh.rows || op.h.cols != op.dh.cols) {
    throw std::invalid_argument("unit_penalty_backward: the shapes of h and dh differ");
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
