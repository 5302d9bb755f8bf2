#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// What is compared: a full batch of item vectors, and mini-batches of both kinds of vectors of a
/// larger matrix; the defaults are MovieLens 1M and MovieLens 10M.
struct EpochShape {
  StepShape whole;
  StepShape batched{.users = 69878, .items = 10677, .ratings = 10000054};
  std::int64_t batch_rows = 1000;

  bool operator==(const EpochShape&) const = default;
};

/// Whether mini-batches of large data cost what a full batch of small data does: the time per
/// rating of an epoch's losses and gradients, without the optimiser's steps. Only the default shape
/// is held to the mark.
Benchmark autorec_epoch(const EpochShape& shape = {});

}  // namespace lacuna::experiments::bench
