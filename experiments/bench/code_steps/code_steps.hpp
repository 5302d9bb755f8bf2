#pragma once

#include "experiments/bench/benchmark.hpp"

namespace lacuna::experiments::bench {

/// Sizes of a step of a model that learns codes of small images.
struct CodeShape {
  std::int64_t inputs = 784;
  int units = 500;
  std::int64_t batch_rows = 100;
  std::int64_t batches = 32;  ///< of an epoch
};

/// A CD-1 step of an RBM of binary units by SGD with momentum, beside its products alone.
Benchmark rbm_step(const CodeShape& shape = {});
/// A step of a tied autoencoder of ReLU units with sigmoid outputs and cross-entropy, by Adam.
Benchmark autoencoder_step(const CodeShape& shape = {.units = 1000, .batch_rows = 50});
/// A step of a MADE of one hidden layer of ReLU units and one mask by Adam.
Benchmark made_step(const CodeShape& shape = {});

}  // namespace lacuna::experiments::bench
