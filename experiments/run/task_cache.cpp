#include "experiments/run/task_cache.hpp"

#include "runtime/config/write.hpp"

namespace lacuna::experiments {

const RatingTask& TaskCache::load(const data::DataConfig& config) {
  config::Json key = config::detail::write(config);
  if (!task_ || key != key_) {
    task_.reset();
    task_.emplace(context_, data::load(config));
    key_ = std::move(key);
  }
  return *task_;
}

}  // namespace lacuna::experiments
