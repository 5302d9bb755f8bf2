#include "experiments/run/task_cache.hpp"

#include "runtime/config/write.hpp"

namespace lacuna::experiments {

TaskCache::Loaded TaskCache::load(const data::DataConfig& config) {
  config::Json key = config::to_json(config);
  const bool fresh = !task_ || key != key_;
  if (fresh) {
    task_.reset();
    task_.emplace(context_, data::load(config));
    key_ = std::move(key);
  }
  return {*task_, fresh};
}

}  // namespace lacuna::experiments
