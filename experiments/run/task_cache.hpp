#pragma once

#include <exception>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "experiments/experiment.hpp"
#include "experiments/tasks/task.hpp"
#include "runtime/data/load_options.hpp"

namespace lacuna::experiments {

/// Loads a data set once for all consecutive runs that share it and the kind of task.
class TaskCache {
 public:
  /// `options`: but for the threads, which are the context's.
  explicit TaskCache(DeviceContext& context, data::LoadOptions options = {});

  struct Loaded {
    const Task& task;
    bool fresh;  ///< read now, not kept from the run before
  };
  /// The task lives until another is asked for. What does not load is not tried again while nothing
  /// else is asked for. Throws as make_task(), and DataError where a pipe would be read twice.
  Loaded load(const DataConfig& data, const EvaluateConfig& evaluate);

  /// Where parsed files are kept from now on; empty: nowhere.
  void keep_files_in(std::filesystem::path folder) { options_.cache = std::move(folder); }

 private:
  /// Throws DataError where the data come through a pipe that was read before.
  void check_pipe(const DataConfig& data);

  DeviceContext& context_;
  data::LoadOptions options_;
  config::Json key_;
  std::set<std::string> pipes_;  ///< that were read
  std::unique_ptr<Task> task_;
  std::exception_ptr problem_;  ///< why there is none of this key
};

/// The folder for parsed files, beside the runs; empty: none is wanted.
std::filesystem::path cache_folder(const OutputConfig& output);

}  // namespace lacuna::experiments
