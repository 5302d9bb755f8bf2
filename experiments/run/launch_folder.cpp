#include "experiments/run/launch_folder.hpp"

#include <fmt/format.h>

#include "experiments/run/run_files.hpp"
#include "experiments/run/stored_json.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/io/run_directory.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// Files are found again from any folder.
void make_absolute(Experiment& experiment) {
  experiment.data = with_paths(experiment.data, [](const std::string& path) {
    return fs::absolute(data::resolve_path(path)).string();
  });
  experiment.output.root = output_root(experiment.output).string();
  experiment.output.dir.reset();
}

/// A folder is given by its name, with a slash behind it or without.
fs::path plain(const fs::path& path) {
  const fs::path whole = fs::weakly_canonical(io::expand_home(path.string()));
  return whole.has_filename() ? whole : whole.parent_path();
}

/// What of a launch decides its results.
config::Json decisive(const Plan& plan) {
  Plan bare = plan;
  for (Variant& variant : bare.variants) {
    variant.experiment.output = {};
    variant.experiment.device = "";
    variant.experiment.threads = 0;
    variant.experiment.description = "";
    variant.experiment.paper.clear();
    variant.experiment.data = with_paths(variant.experiment.data, [](const std::string&) {
      return std::string();  // checked by their sum
    });
  }
  return to_json(bare);
}

void check_run(const StoredLaunch& launch) {
  if (launch.run.empty()) return;
  for (const fs::path& run : planned_runs(launch.plan, launch.folder)) {
    if (run == launch.run) return;
  }
  throw IoError(
      fmt::format("{}: no run of the launch in {}", launch.run.string(), launch.folder.string()));
}

}  // namespace

fs::path begin_launch(const Plan& plan, std::string_view file) {
  const fs::path folder = *plan.output.dir;
  check_begun(plan, file);
  fs::create_directories(folder);
  write_plan(folder, plan, file);
  return folder;
}

void check_begun(const Plan& plan, std::string_view file) {
  const fs::path folder = *plan.output.dir;
  if (!fs::exists(folder / file)) return;
  const Plan before =
      read_stored(folder / file, [](const config::Json& stored) { return parse_plan(stored); });
  if (decisive(before) == decisive(plan)) return;
  throw ConfigError(fmt::format(
      "{}: was begun with other settings; choose another folder, or remove it", folder.string()));
}

void write_plan(const fs::path& folder, const Plan& plan, std::string_view file) {
  Plan stored = plan;
  for (Variant& variant : stored.variants) make_absolute(variant.experiment);
  io::write_file_atomically(folder / file, config::dump(to_json(stored)) + "\n");
}

fs::path create_launch_folder(const Plan& plan, std::string_view file) {
  std::optional<fs::path> chosen;
  if (plan.output.dir) chosen = io::expand_home(*plan.output.dir);
  const fs::path root = io::expand_home(plan.output.root);
  const fs::path folder = io::create_run_directory(root, plan.name, chosen);
  write_plan(folder, plan, file);
  return folder;
}

Plan read_plan(const fs::path& folder, const std::vector<std::string>& overrides,
               std::string_view file) {
  const config::Json launch = read_stored(folder / file, [](const config::Json& stored) {
    parse_plan(stored);
    return stored;
  });
  return make_plan(launch, overrides);
}

std::vector<fs::path> planned_runs(const Plan& plan, const fs::path& launch) {
  std::vector<fs::path> folders;
  for (const Variant& variant : plan.variants) {
    for (const std::uint64_t seed : plan.seeds) {
      folders.push_back(io::run_folder(launch, variant.name, seed));
    }
  }
  return folders;
}

StoredLaunch find_launch(const fs::path& path, const std::vector<std::string>& overrides) {
  const fs::path start = plain(path);
  // <launch>/<variant>/seed-<seed>
  fs::path folder = start;
  for (int level = 0; level < 3; ++level, folder = folder.parent_path()) {
    if (!fs::exists(folder / launch_file)) continue;
    StoredLaunch launch{folder, folder == start ? fs::path() : start, read_plan(folder, overrides)};
    check_run(launch);
    return launch;
  }
  throw IoError(
      fmt::format("{}: no launch to resume: neither it nor the two folders above it hold {}",
                  start.string(), launch_file));
}

}  // namespace lacuna::experiments
