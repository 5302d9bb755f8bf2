#pragma once

#include <functional>
#include <vector>

#include "runtime/metrics/score.hpp"

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

/// Judges the weights of now, which are those after so many epochs; 0: the initial ones.
using Validate = std::function<Validation(int epoch)>;

}  // namespace lacuna
