#pragma once

#include <functional>
#include <vector>

#include "runtime/metrics/score.hpp"
#include "runtime/program/program.hpp"

namespace lacuna {

/// A model judged by what is not trained on.
struct Validation {
  /// The first chooses the best epoch; none: the last one is kept.
  std::vector<Score> scores;
  /// What patience and the plateau schedule watch, in the direction of the first score. It may show
  /// progress where a score that is clipped or counted does not yet.
  double watched = std::numeric_limits<double>::quiet_NaN();
  /// False: this epoch was not looked at closely enough to be chosen, or to count as progress.
  bool judged = true;
};

/// When a model is judged.
struct EpochEnd {
  int epoch = 0;  ///< so many there have been; 0: the weights are the initial ones
  /// The program of the training's steps, where its one batch is all rows in place: what it lends
  /// need not be computed again. nullptr: it lends nothing.
  Program* steps = nullptr;
};

/// Judges the weights of now.
using Validate = std::function<Validation(const EpochEnd&)>;

}  // namespace lacuna
