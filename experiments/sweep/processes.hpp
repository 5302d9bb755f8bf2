#pragma once

#include <vector>

#include "experiments/run/job.hpp"
#include "experiments/run/launch_options.hpp"

namespace lacuna::experiments {

/// Trains runs of launches, each in its folder, with `lacuna resume`, `jobs` processes at a time,
/// which share the threads (0: all there are); runs that are over are left alone. A process says in
/// its run's result.json what went wrong; for one that was killed, as the system does where memory
/// runs out, it is said here. Returns false where it was interrupted: the processes have saved
/// their runs then.
bool run_in_processes(const std::vector<Job>& runs, int jobs, int threads,
                      const LaunchOptions& options);

}  // namespace lacuna::experiments
