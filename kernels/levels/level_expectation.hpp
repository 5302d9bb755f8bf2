#pragma once

#include "kernels/core/op.hpp"
#include "kernels/core/view.hpp"
#include "kernels/levels/gather_levels.hpp"
#include "kernels/levels/level_cost.hpp"

namespace lacuna {

/// What is expected at every cell of some rows, by the scores of L levels there:
///   y[r, c] = sum over levels of softmax(score[r, c L ...])[k] value[k].
template <class T>
struct LevelExpectation {
  static constexpr std::string_view name = "level_expectation";

  MatrixView<const T> score;  ///< [n, d L]
  LevelValues<T> levels;
  bool cumulative = false;  ///< a level's score is the sum of those up to it
  MatrixView<T> y;          ///< [n, d]
};

/// Throws UnsupportedDevice where the device has no kernel, std::invalid_argument for no or more
/// than `most_levels` levels, or scores of another shape.
template <class T>
void level_expectation(const ExecContext& ctx, const LevelExpectation<T>& op) {
  check_levels(op.levels.count);
  if (op.score.cols != op.y.cols * op.levels.count || op.score.rows != op.y.rows) {
    throw std::invalid_argument("level_expectation: a score for each cell and level is needed");
  }
  dispatch(ctx, op);
}

}  // namespace lacuna
