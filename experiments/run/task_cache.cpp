#include "experiments/run/task_cache.hpp"

#include <fmt/format.h>

#include <system_error>

#include "experiments/experiment_json.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/data/packed_path.hpp"
#include "runtime/error.hpp"

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
      check_pipe(data);
      task_ = make_task(context_, data, evaluate, options_);
    } catch (const std::exception&) {
      problem_ = std::current_exception();
    }
  }
  if (problem_) std::rethrow_exception(problem_);
  return {*task_, fresh};
}

void TaskCache::check_pipe(const DataConfig& data) {
  const std::string* path = path_of(data);
  if (path == nullptr) return;
  const std::string file = data::split_packed(data::resolve_path(*path)).file;
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(file, ignored);
  using enum std::filesystem::file_type;
  if (status.type() != fifo && status.type() != character && status.type() != socket) return;
  if (pipes_.insert(file).second) return;
  throw DataError(fmt::format(
      "{} is a pipe, which can be read once, and these runs split their data in several ways: save "
      "it to a file first",
      file));
}

std::filesystem::path cache_folder(const OutputConfig& output) {
  return output.cache ? output_root(output) / "cache" : std::filesystem::path();
}

}  // namespace lacuna::experiments
