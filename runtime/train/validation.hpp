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
};

/// Judges the weights of now.
using Validate = std::function<Validation()>;

}  // namespace lacuna
