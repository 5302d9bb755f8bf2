#pragma once

#include <cstdint>
#include <vector>

#include "models/mlp.hpp"
#include "runtime/train/train_config.hpp"

namespace lacuna::experiments::bench {

/// Sizes of a training step of an MLP; the defaults are those of a classifier of small images.
struct NetShape {
  std::int64_t inputs = 784;
  std::vector<int> hidden{512, 512};
  std::int64_t outputs = 10;
  bool classes = true;  ///< else numbers, under the squared error
  std::int64_t batch_rows = 128;
  std::int64_t batches = 32;  ///< of an epoch

  bool operator==(const NetShape&) const = default;
};

/// Of a table of a few columns: the step is so small that what surrounds the products counts.
inline NetShape table_net() {
  return {
      .inputs = 13, .hidden = {100, 100, 100}, .outputs = 1, .classes = false, .batch_rows = 32};
}

inline models::MlpConfig model_of(const NetShape& shape) {
  models::MlpConfig config;
  config.layers.clear();
  for (const int units : shape.hidden)
    config.layers.push_back({.units = units, .normalize = {}, .penalties = {}});
  return config;
}

inline Facts facts_of(const NetShape& shape) {
  Facts facts{.columns = shape.inputs, .mean_count = static_cast<double>(shape.inputs)};
  (shape.classes ? facts.classes : facts.targets) = shape.outputs;
  return facts;
}

inline TrainConfig step_config(const NetShape& shape) {
  TrainConfig config;
  config.batch_size = static_cast<int>(shape.batch_rows);
  config.optimizer = AdamConfig{.learning_rate = 0.001};
  return config;
}

}  // namespace lacuna::experiments::bench
