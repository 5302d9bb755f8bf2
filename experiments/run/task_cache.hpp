#pragma once

#include <memory>
#include <optional>

#include "experiments/run/rating_task.hpp"

namespace lacuna::experiments {

/// Loads a data set once for all variants that share it.
class TaskCache {
 public:
  explicit TaskCache(DeviceContext& context) : context_(context) {}

  const RatingTask& load(const data::DataConfig& config);

 private:
  DeviceContext& context_;
  config::Json key_;
  std::optional<RatingTask> task_;
};

}  // namespace lacuna::experiments
