#pragma once

#include "models/registry.hpp"
#include "runtime/data/ratings/load.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/train/train_config.hpp"

namespace lacuna::experiments::bench {

/// Sizes of a training step of AutoRec; the defaults are MovieLens 1M's.
struct StepShape {
  std::int64_t users = 6040;
  std::int64_t items = 3706;
  std::int64_t ratings = 1000209;  ///< before the split
  int units = 500;
  data::Orientation vectors = data::Orientation::item;

  bool operator==(const StepShape&) const = default;
};

/// Generated ratings; 90 % x 95 % of them train.
inline data::SyntheticSource source_of(const StepShape& shape) {
  data::SyntheticSource source;
  source.users = shape.users;
  source.items = shape.items;
  source.ratings = shape.ratings;
  source.rating_step = 1;
  source.vectors = shape.vectors;
  return source;
}

/// Generated training ratings on a device, as a model of them sees them.
struct StepData {
  StepData(DeviceContext& context, const StepShape& shape)
      : StepData(context, data::load(source_of(shape)).split.train) {}
  StepData(DeviceContext& context, const data::CsrArrays& ratings)
      : train(upload(context, ratings)), rows{.rows = train.rows(), .fields = {}} {
    rows.set("input", std::make_shared<const DeviceField>(train));
    rows.set("target", rows.fields.at("input"));
  }

  Facts facts() const {
    return {.columns = train.cols(),
            .mean_count = static_cast<double>(train.nnz()) / static_cast<double>(train.rows())};
  }

  CsrMatrix train;
  DeviceRows rows;
};

/// Model and step as experiments/collaborative_filtering/autorec_item_ml1m.json trains.
inline models::AutoRecConfig model_of(const StepShape& shape) {
  models::AutoRecConfig config;
  config.hidden_units = shape.units;
  config.input = models::SparsityNormalized{.k = models::NormalizationConstant::hidden_units};
  return config;
}
inline TrainConfig step_config() {
  TrainConfig config;
  config.optimizer = AdamConfig{.learning_rate = 0.002};
  config.l2.lambda = 300;
  return config;
}

inline constexpr std::uint64_t step_seed = 1;  // of the weights that both sides start from

}  // namespace lacuna::experiments::bench
