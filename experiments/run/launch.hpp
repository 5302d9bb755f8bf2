#pragma once

#include <exception>
#include <filesystem>
#include <optional>

#include "experiments/plan.hpp"
#include "experiments/run/launch_options.hpp"
#include "experiments/run/outcome.hpp"
#include "experiments/run/thread_count.hpp"

namespace lacuna::experiments {

struct LaunchReport {
  Results results;
  std::vector<Outcome> failed;  ///< of the runs that were meant
  std::filesystem::path folder;
  std::optional<std::filesystem::path> picture;
  bool interrupted = false;
  std::exception_ptr in_use;  ///< io::FolderInUse of a run that another process trains
};

/// Trains every variant with every seed into a new run folder. After Ctrl-C the run at hand is
/// saved so that resume() can go on, the rest is not begun. Of several runs one that fails costs
/// that run only: its outcome says why (outcome.hpp), and the others are trained. What the only run
/// throws, and what no run got past, is thrown. A NonFiniteError leaves the best weights saved.
LaunchReport train(const Plan& plan, const LaunchOptions& options);

/// The same in the folder of a launch: runs that came to their end there stay as they are, others
/// go on from their last checkpoint, or begin.
LaunchReport continue_launch(const Plan& plan, const std::filesystem::path& folder,
                             const LaunchOptions& options);

/// Goes on with a launch, or with one run of it, where `path` is that run's folder: what
/// `overrides` ("key.path=value") change holds from now on for all runs, and finished ones go on
/// where it lets them. Throws IoError where there is no launch, or its files or all checkpoints of
/// a run are damaged, ConfigError for overrides that would change what has been trained or that are
/// meant for one run of several, DataError where the data are others.
LaunchReport resume(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                    const LaunchOptions& options);

/// Evaluates all runs at or below `path` again, from their weights and the data, which are now at
/// `data`, or absent: where they were. Each is noted as one more look at the test data
/// (run_files.hpp). Of several runs one that cannot be evaluated, as where the data are not the
/// ones that it was trained on, is told and left to the report's `failed`; what the only one throws
/// is thrown. Throws ConfigError where the runs are of several tasks.
LaunchReport evaluate(const std::filesystem::path& path, const std::optional<std::string>& data,
                      const std::string& device, int threads);

}  // namespace lacuna::experiments
