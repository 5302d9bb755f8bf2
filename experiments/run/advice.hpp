#pragma once

#include <string>

#include "experiments/experiment.hpp"
#include "runtime/metrics/score.hpp"
#include "runtime/train/epoch_report.hpp"

namespace lacuna::experiments {

/// How a training went whose best validation score something does no worse than.
struct UselessTraining {
  const Experiment& experiment;
  TrainResult result;
  double first = 0;     ///< the validation score after the first epoch that has one
  double last = 0;      ///< and after the last
  double baseline = 0;  ///< of what does no worse
};

/// What may help it, by why it ended: where validation got worse, where patience ended it, where
/// its epochs did; and what to think of where it never came near the targets' scale.
std::string advice_for(const UselessTraining& training);

}  // namespace lacuna::experiments
