#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/plan.hpp"

/// The folder of a launch: launch.json says what it is about, each run has a folder below it.
namespace lacuna::experiments {

inline constexpr std::string_view launch_file = "launch.json";

/// Creates the folder that the plan asks for, and `file` in it, from which read_plan() gives the
/// plan again. Throws ConfigError for a folder that is in use, IoError.
std::filesystem::path create_launch_folder(const Plan& plan, std::string_view file = launch_file);

/// The folder output.dir of a plan that may have been begun there before, now with `file`, which
/// says where its data and device are now. Throws as check_begun().
std::filesystem::path begin_launch(const Plan& plan, std::string_view file = launch_file);

/// Throws ConfigError where output.dir of the plan was begun with other settings, IoError where
/// `file` is damaged.
void check_begun(const Plan& plan, std::string_view file = launch_file);

/// Writes the plan into a folder, with absolute paths.
void write_plan(const std::filesystem::path& folder, const Plan& plan,
                std::string_view file = launch_file);

/// The plan in `folder`. Throws IoError where the file is damaged, ConfigError for an override that
/// does not do.
Plan read_plan(const std::filesystem::path& folder, const std::vector<std::string>& overrides,
               std::string_view file = launch_file);

/// The folders of a launch's runs, variant by variant.
std::vector<std::filesystem::path> planned_runs(const Plan& plan,
                                                const std::filesystem::path& launch);

/// A launch on disk.
struct StoredLaunch {
  std::filesystem::path folder;
  std::filesystem::path run;  ///< of the one run that is meant; empty: all of them
  Plan plan;
};

/// The launch that `path` is the folder of, or the folder of a run of. Throws IoError where there
/// is none or launch.json is damaged, ConfigError for an override that does not do.
StoredLaunch find_launch(const std::filesystem::path& path,
                         const std::vector<std::string>& overrides);

}  // namespace lacuna::experiments
