#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "experiments/run/outcome.hpp"

namespace lacuna::experiments {

/// How a launch talks to the person or program that started it.
struct LaunchOptions {
  bool quiet = false;    ///< no progress, no remarks
  bool verbose = false;  ///< a line per epoch in place of the progress bar
  std::vector<std::string> command_line;
};

struct LaunchReport {
  Results results;
  std::filesystem::path folder;
  std::optional<std::filesystem::path> picture;
  bool interrupted = false;
};

/// Trains every variant with every seed into a new run folder. After Ctrl-C the run at hand is
/// saved with its best weights so far, the rest is left out. A NonFiniteError leaves the best
/// weights saved, too.
LaunchReport train(const Plan& plan, const LaunchOptions& options);

/// Evaluates all runs at or below `path` again, from their weights and the ratings. Throws
/// DataError where the ratings are not the ones a run was trained on.
Results evaluate(const std::filesystem::path& path, const std::string& device, int threads);

/// 0 means all threads that this process may use.
int thread_count(int wanted);

}  // namespace lacuna::experiments
