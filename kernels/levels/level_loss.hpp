#pragma once

#include <stdexcept>

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/levels/gather_levels.hpp"
#include "kernels/levels/level_cost.hpp"
#include "kernels/optim/loss_sum.hpp"

namespace lacuna {

/// The scores of the levels at some cells only, s[e, k] = H[r] . V[c L + k] + b[c L + k] for each
/// entry e = (r, c, t), the cost of the level of t (level_cost.hpp), and its derivatives; in one
/// visit of V's rows. With w[r] = (given[r] + asked[r]) / asked[r], asked[r] the row's entries:
///   loss = sum over entries of w[r] cost[e],  dS[e, k] = factor w[r] dcost[e] / ds[k],
///   dH[r] = sum over the row's entries and levels of dS[e, k] V[c L + k].
/// dV and db are then gathered by csc_gather_gradient.
template <class T>
struct LevelLoss {
  static constexpr std::string_view name = "level_loss";

  MatrixView<const T> hidden;  ///< [n, h]
  MatrixView<const T> weight;  ///< [d L, h]
  const T* bias = nullptr;     ///< [d L]
  CsrView<T> target;           ///< [n, d]
  LevelValues<T> levels;       ///< L of them
  LevelCost cost;
  const std::int64_t* given = nullptr;  ///< [n]; nullptr: none are
  double factor = 1;
  LossSum* loss = nullptr;        ///< [1], the loss and the number of rows
  T* score_gradient = nullptr;    ///< [nnz, L], in the order of `target`
  MatrixView<T> hidden_gradient;  ///< [n, h]
};

/// What is expected at some cells, by the same scores: sum over levels of p[e, k] value[k].
template <class T>
struct LevelPrediction {
  static constexpr std::string_view name = "level_prediction";

  MatrixView<const T> hidden;  ///< [n, h]
  MatrixView<const T> weight;  ///< [d L, h]
  const T* bias = nullptr;     ///< [d L]
  CsrView<T> cells;            ///< [n, d]; its values are not read
  LevelValues<T> levels;
  bool cumulative = false;
  T* prediction = nullptr;  ///< [nnz]
};

/// Throws UnsupportedDevice where the device has no kernel, std::invalid_argument for no or more
/// than `most_levels` levels.
template <class T>
void level_loss(const ExecContext& ctx, const LevelLoss<T>& op) {
  check_levels(op.levels.count);
  dispatch(ctx, op);
}
template <class T>
void level_prediction(const ExecContext& ctx, const LevelPrediction<T>& op) {
  check_levels(op.levels.count);
  dispatch(ctx, op);
}

}  // namespace lacuna
