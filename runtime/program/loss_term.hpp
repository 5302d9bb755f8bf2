#pragma once

#include <string>

#include "kernels/optim/loss_sum.hpp"
#include "runtime/metrics/score.hpp"

namespace lacuna {

/// What a term of the loss is, and is told as: the sum over what it counts, of which a mini-batch
/// has a share, or their mean.
enum class Told { sum, mean };

/// A term of a program's loss. The op that computes it writes `sums` going forward, and the
/// gradient of weight times their sum or their mean: ops say which.
struct LossTerm {
  std::string name = {};  ///< its key in metrics.jsonl
  double weight = 1;
  Told told = Told::mean;
  const Metric* metric = nullptr;  ///< that its mean is a training score of; nullptr: of none
  LossSum* sums = nullptr;         ///< [1], on the device
};

}  // namespace lacuna
