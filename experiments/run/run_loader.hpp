#pragma once

#include <memory>
#include <optional>
#include <string>

#include "experiments/run/run_files.hpp"
#include "experiments/run/task_cache.hpp"

namespace lacuna::experiments {

/// The runs at or below a path as a user writes it; says on standard error which are left out
/// because they are unfinished. Throws as find_runs().
StoredRuns find_finished_runs(const std::filesystem::path& path);

/// Makes stored runs usable again: the data, split as they were, and the model with its weights.
class RunLoader {
 public:
  /// `data`: where the data of all runs are now; absent: where each run had them.
  RunLoader(DeviceContext& context, std::optional<std::string> data);

  struct Loaded {
    const Task& task;  ///< lives until a run on another data set is loaded
    bool fresh;        ///< the data are not those of the run before
    std::unique_ptr<Model> model;
  };
  /// Throws DataError where the data are not the ones the run was trained on, IoError where the
  /// weights are damaged or of another model.
  Loaded load(const StoredRun& run);

 private:
  TaskCache::Loaded load_task(const DataConfig& data, const EvaluateConfig& evaluate);

  DeviceContext& context_;
  std::optional<std::string> data_;
  TaskCache tasks_;
};

}  // namespace lacuna::experiments
