#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// Steps of AutoRec on a full batch and on mini-batches.
struct BatchesShape {
  StepShape ratings;
  int batch_rows = 256;
  int steps = 32;  ///< of a repetition, and more where an epoch has more

  bool operator==(const BatchesShape&) const = default;
};

/// AutoRec's training step on any device, captured and launched kernel by kernel. Each side has two
/// times a step: by the wall clock over epochs as the Trainer drives them, with all that it waits
/// for; and "... device" by the device's clock, of steps that queue up behind other work, so that
/// no gap is in it. Their ratio is how busy training keeps the device.
Benchmark autorec_batches(const BatchesShape& shape = {});

}  // namespace lacuna::experiments::bench
