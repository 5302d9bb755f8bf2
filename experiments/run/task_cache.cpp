#include "experiments/run/task_cache.hpp"

#include "experiments/run/run_files.hpp"
#include "runtime/config/write.hpp"

namespace lacuna::experiments {

TaskCache::TaskCache(DeviceContext& context, data::LoadOptions options)
    : context_(context), options_(std::move(options)) {
  options_.threads = context.exec().threads;
}

TaskCache::Loaded TaskCache::load(const data::DataConfig& config) {
  config::Json key = config::to_json(config);
  const bool fresh = !task_ || key != key_;
  if (fresh) {
    task_.reset();
    task_.emplace(context_, data::load(config, options_));
    key_ = std::move(key);
  }
  return {*task_, fresh};
}

std::filesystem::path cache_folder(const OutputConfig& output) {
  return output.cache ? output_root(output) / "cache" : std::filesystem::path();
}

}  // namespace lacuna::experiments
