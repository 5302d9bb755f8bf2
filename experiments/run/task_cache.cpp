#include "experiments/run/task_cache.hpp"

#include "runtime/config/write.hpp"
#include "runtime/io/home_path.hpp"

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
  return output.cache ? io::expand_home(output.root) / "cache" : std::filesystem::path();
}

}  // namespace lacuna::experiments
