#pragma once

#include <memory>
#include <optional>

#include "experiments/run/rating_task.hpp"

namespace lacuna::experiments {

/// Loads a data set once for all consecutive runs that share it.
class TaskCache {
 public:
  explicit TaskCache(DeviceContext& context) : context_(context) {}

  struct Loaded {
    const RatingTask& task;
    bool fresh;  ///< read now, not kept from the run before
  };
  /// The task lives until another data set is asked for.
  Loaded load(const data::DataConfig& config);

 private:
  DeviceContext& context_;
  config::Json key_;
  std::optional<RatingTask> task_;
};

}  // namespace lacuna::experiments
