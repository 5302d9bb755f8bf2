#pragma once

#include <string>
#include <vector>

#include "runtime/metrics/score.hpp"

namespace lacuna {

/// A term of the loss over an epoch.
struct NamedLoss {
  std::string name;  ///< its key in metrics.jsonl
  double value = 0;
};

/// The weights after `epoch` passes over the training data. The losses are sums over the steps that
/// led to them, each of the weights before it; the validation scores are theirs.
struct EpochReport {
  int epoch = 0;
  std::vector<NamedLoss> losses = {};
  double penalty = 0;                  ///< L2 term
  std::vector<Score> training = {};    ///< what the losses come to
  std::vector<Score> validation = {};  ///< the first chooses the best epoch
  bool best = false;
  double rate = 1;     ///< share of the configured learning rate
  double seconds = 0;  ///< since the start

  /// All terms but the penalty.
  double loss() const {
    double sum = 0;
    for (const NamedLoss& term : losses) sum += term.value;
    return sum;
  }
};

struct TrainResult {
  int epochs = 0;  ///< run
  int best_epoch = 0;
  Score best = {};  ///< on validation data; no metric: no epoch ended
  bool interrupted = false;
  double seconds = 0;
};

}  // namespace lacuna
