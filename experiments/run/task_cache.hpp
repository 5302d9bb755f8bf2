#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "experiments/tasks/rating_prediction/rating_task.hpp"

namespace lacuna::experiments {

/// Loads a data set once for all consecutive runs that share it.
class TaskCache {
 public:
  /// `options`: but for the threads, which are the context's.
  explicit TaskCache(DeviceContext& context, data::LoadOptions options = {});

  struct Loaded {
    const RatingTask& task;
    bool fresh;  ///< read now, not kept from the run before
  };
  /// The task lives until another data set is asked for.
  Loaded load(const data::DataConfig& config);

  /// Where parsed files are kept from now on; empty: nowhere.
  void keep_files_in(std::filesystem::path folder) { options_.cache = std::move(folder); }

 private:
  DeviceContext& context_;
  data::LoadOptions options_;
  config::Json key_;
  std::optional<RatingTask> task_;
};

/// The folder for parsed files, beside the runs; empty: none is wanted.
std::filesystem::path cache_folder(const OutputConfig& output);

}  // namespace lacuna::experiments
