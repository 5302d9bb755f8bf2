#pragma once

#include <filesystem>
#include <vector>

#include "experiments/run/launch_options.hpp"

namespace lacuna::experiments {

/// Trains the runs in these folders of launches with `lacuna resume`, `jobs` processes at a time,
/// which share the threads (0: all there are); runs that have a result are left alone. What goes
/// wrong in a process is left to the caller to find. Returns false where it was interrupted: the
/// processes have saved their runs then.
bool run_in_processes(const std::vector<std::filesystem::path>& runs, int jobs, int threads,
                      const LaunchOptions& options);

}  // namespace lacuna::experiments
