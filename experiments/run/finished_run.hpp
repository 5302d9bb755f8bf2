#pragma once

#include <optional>

#include "experiments/run/job.hpp"
#include "experiments/run/launch_options.hpp"
#include "experiments/run/run_files.hpp"

namespace lacuna::experiments {

/// The run of a job that came to its end, unless the settings of now let it go on, or it is to be
/// tried again. Says where other settings do not do. Throws as stored_run().
std::optional<StoredRun> finished_before(const Job& job, const LaunchOptions& options);

}  // namespace lacuna::experiments
