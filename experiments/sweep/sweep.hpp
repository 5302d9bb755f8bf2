#pragma once

#include "experiments/run/launch.hpp"
#include "experiments/sweep/sweep_files.hpp"

namespace lacuna::experiments {

struct SweepReport {
  std::filesystem::path folder;
  std::vector<Choice> choices;  ///< empty where the search was interrupted
  Results test;                 ///< of what was chosen, with every seed
  bool interrupted = false;
  std::vector<Outcome> failed;  ///< runs, first those of the search
};

/// Tries each variant with each set of the plan's `sweep`, looking at validation data only;
/// chooses for each variant on its own, writes the choice down, and then trains and tests it with
/// every seed. A run that fails costs that run only: its set is not chosen. In a new folder, with
/// launches in search/ and test/, choice.json and sweep.csv. Throws NothingTrained where every set
/// failed. `jobs` runs are trained at a time, each by a process of its own where there are several.
SweepReport sweep(const Plan& plan, int jobs, const LaunchOptions& options);

/// Goes on with a sweep, from now on with its data and device where the plan says. What has been
/// chosen stays.
SweepReport resume_sweep(const StoredSweep& stored, int jobs, const LaunchOptions& options);

}  // namespace lacuna::experiments
