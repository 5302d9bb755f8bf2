#pragma once

#include <string>
#include <vector>

#include "runtime/metrics/score.hpp"

namespace lacuna {

/// A term of the loss over an epoch; the name is its key in metrics.jsonl.
struct NamedLoss {
  std::string name;
  double value = 0;
  double weight = 1;  ///< of the value in the loss
};

/// The weights after `epoch` passes over the training rows. Losses and training scores are of the
/// steps that led to them, each of the weights before it; the validation is theirs.
struct EpochReport {
  int epoch = 0;
  std::string phase = {};              ///< empty: there is but one
  std::vector<NamedLoss> losses = {};  ///< in the order of their recording
  double penalty = 0;                  ///< on weights, when the epoch began
  std::vector<Score> training = {};    ///< of what the losses count, nothing clipped
  std::vector<Score> validation = {};  ///< the first chooses the best epoch
  bool best = false;
  double rate = 1;     ///< share of the configured learning rate
  double seconds = 0;  ///< since the start

  /// All terms, weighted, but the L2 penalty.
  double loss() const {
    double sum = 0;
    for (const NamedLoss& term : losses) sum += term.weight * term.value;
    return sum;
  }
};

struct TrainResult {
  int epochs = 0;  ///< run
  int best_epoch = 0;
  Score best = {};       ///< without a metric: no epoch ended, or nothing was judged
  bool settled = false;  ///< ended by TrainConfig::threshold
  bool interrupted = false;
  double seconds = 0;
};

}  // namespace lacuna
