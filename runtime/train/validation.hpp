#pragma once

#include <functional>
#include <vector>

#include "runtime/metrics/score.hpp"

namespace lacuna {

/// What a model is worth on held-out data.
struct Validation {
  std::vector<Score> scores;  ///< at least one; the first chooses the best epoch
  /// What patience and the plateau schedule watch, better in the direction of the first score.
  double watched = 0;
};

/// Judges the weights of now.
using Validate = std::function<Validation()>;

}  // namespace lacuna
