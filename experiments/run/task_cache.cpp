#include "experiments/run/task_cache.hpp"

#include "experiments/experiment_json.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/tasks/tasks.hpp"

namespace lacuna::experiments {

TaskCache::TaskCache(DeviceContext& context, data::LoadOptions options)
    : context_(context), options_(std::move(options)) {
  options_.threads = context.exec().threads;
}

TaskCache::Loaded TaskCache::load(const DataConfig& data, const EvaluateConfig& evaluate) {
  config::Json key = config::Json::array({kind_of(evaluate).name(), to_json(data)});
  const bool fresh = key != key_;
  if (fresh) {
    key_ = std::move(key);
    problem_ = nullptr;
    task_.reset();  // two do not fit at a time
    try {
      task_ = make_task(context_, data, evaluate, options_);
    } catch (const std::exception&) {
      problem_ = std::current_exception();
    }
  }
  if (problem_) std::rethrow_exception(problem_);
  return {*task_, fresh};
}

std::filesystem::path cache_folder(const OutputConfig& output) {
  return output.cache ? output_root(output) / "cache" : std::filesystem::path();
}

}  // namespace lacuna::experiments
