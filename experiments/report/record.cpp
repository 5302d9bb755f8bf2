#include "experiments/report/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "experiments/run/run_files.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::report {

namespace fs = std::filesystem;
using config::Json;

namespace {

Json read_if_there(const fs::path& file) {
  return fs::exists(file) ? config::read_json(file) : Json();
}

/// The folder of the launch that `run` belongs to: <launch>/seed-0 or <launch>/<variant>/seed-0.
/// results.json marks it; a launch that was killed early has none and is taken to be `asked`.
fs::path launch_folder(const fs::path& run, const fs::path& asked) {
  for (const fs::path& above : {run.parent_path(), run.parent_path().parent_path()}) {
    if (fs::exists(above / "results.json")) return above;
  }
  if (run == asked) return run.parent_path();
  const fs::path below = run.lexically_relative(asked);
  return std::distance(below.begin(), below.end()) <= 2 ? asked : run.parent_path().parent_path();
}

RunRecord read_run(const fs::path& folder, const fs::path& launch) {
  config::Json resolved = config::read_json(folder / "resolved.json");
  RunRecord run{.folder = folder,
                .task = &kind_of_resolved(resolved),
                .outcome = {},
                .resolved = std::move(resolved),
                .environment = read_if_there(folder / "environment.json"),
                .data = read_if_there(folder / "data.json"),
                .epochs = read_metrics(folder / metrics_file)};
  run.has_result = fs::exists(folder / "result.json");
  if (run.has_result) {
    const Json result = config::read_json(folder / "result.json");
    run.outcome = read_outcome(result, run.task->test_scores());
    run.looks_at_test = all_looks(folder);
    return run;
  }
  if (folder.parent_path() != launch)
    run.outcome.variant = folder.parent_path().filename().string();
  run.outcome.seed = run.resolved.at("seed").as_uint64();
  if (!run.epochs.empty()) {
    run.outcome.training.epochs = run.epochs.back().epoch;
    run.outcome.training.seconds = run.epochs.back().seconds;
  }
  return run;
}

/// A folder's name lacks the characters that file systems dislike; where a run beside this one has
/// a result, that says the variant's name.
void name_after_neighbour(RunRecord& run, const std::vector<RunRecord>& runs) {
  if (run.has_result) return;
  for (const RunRecord& other : runs) {
    if (other.has_result && other.folder.parent_path() == run.folder.parent_path()) {
      run.outcome.variant = other.outcome.variant;
    }
  }
}

/// The names of the variants in the order in which they were trained; unknown ones come last.
std::vector<std::string> variant_order(const Json& results, const std::vector<RunRecord>& runs) {
  std::vector<std::string> order;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(order, name) == order.end()) order.push_back(name);
  };
  if (!results.is_null()) {
    for (const Json& run : results.at("runs").as_array()) add(run.at("variant").as_string());
  }
  for (const RunRecord& run : runs) add(run.outcome.variant);
  return order;
}

LaunchRecord read_launch(const fs::path& folder, std::vector<RunRecord> runs) {
  for (RunRecord& run : runs) name_after_neighbour(run, runs);
  const Json results = read_if_there(folder / "results.json");
  LaunchRecord launch{.folder = folder,
                      .name = text_at(runs.front().resolved, "name"),
                      .description = text_at(runs.front().resolved, "description"),
                      .task = runs.front().task,
                      .baselines = {},
                      .variants = {}};
  if (launch.name.empty()) launch.name = folder.filename().string();
  if (!results.is_null()) launch.baselines = read_baselines(results, launch.task->test_scores());
  for (const std::string& name : variant_order(results, runs))
    launch.variants.push_back({name, {}});
  for (RunRecord& run : runs) {
    const auto variant =
        std::ranges::find(launch.variants, run.outcome.variant, &VariantRecord::label);
    variant->runs.push_back(std::move(run));
  }
  std::erase_if(launch.variants, [](const VariantRecord& variant) { return variant.runs.empty(); });
  for (VariantRecord& variant : launch.variants) {
    std::ranges::sort(variant.runs, {}, [](const RunRecord& run) { return run.outcome.seed; });
  }
  return launch;
}

/// Names variants after their launch, too, where there are several.
void make_labels_unique(std::vector<LaunchRecord>& launches) {
  std::set<std::string> taken;
  for (LaunchRecord& launch : launches) {
    for (VariantRecord& variant : launch.variants) {
      std::string label = variant.label.empty() ? launch.name : variant.label;
      if (launches.size() > 1) {
        const std::string folder = launch.folder.filename().string();
        label = variant.label.empty() ? folder : fmt::format("{}: {}", folder, variant.label);
      }
      variant.label = label;
      for (int n = 2; !taken.insert(variant.label).second; ++n) {
        variant.label = fmt::format("{} ({})", label, n);
      }
    }
  }
}

/// The runs of launches, by the launches' folders.
using RunsByLaunch = std::vector<std::pair<fs::path, std::vector<RunRecord>>>;

std::vector<RunRecord>& runs_in(RunsByLaunch& found, const fs::path& launch) {
  auto place = std::ranges::find(found, launch, [](const auto& pair) { return pair.first; });
  if (place == found.end()) place = found.insert(found.end(), {launch, {}});
  return place->second;
}

/// What stands at or below `path` and is not in `seen`.
RunsByLaunch runs_at(const fs::path& path, const std::set<fs::path>& seen) {
  const std::vector<fs::path> folders = run_folders(path);
  if (folders.empty()) throw IoError(path.string() + ": holds no run with resolved.json");
  RunsByLaunch found;
  for (const fs::path& folder : folders) {
    const fs::path run = fs::canonical(folder);
    if (seen.contains(run)) continue;
    const fs::path launch = launch_folder(run, fs::canonical(path));
    runs_in(found, launch).push_back(read_run(run, launch));
  }
  return found;
}

/// Why a path is left out.
std::string described(const std::exception& error) {
  const bool damaged = dynamic_cast<const ConfigError*>(&error) != nullptr;
  return fmt::format("{}{}", damaged ? "a damaged file: " : "", error.what());
}

}  // namespace

std::string state_of(const RunRecord& run) {
  const Outcome& outcome = run.outcome;
  if (!run.has_result) {
    return fmt::format("no result after {} epochs: killed, or still running",
                       outcome.training.epochs);
  }
  if (!outcome.failure.empty()) {
    return fmt::format("failed at epoch {}: {}", outcome.training.epochs, outcome.failure);
  }
  if (outcome.training.interrupted) {
    return fmt::format("interrupted at epoch {}", outcome.training.epochs);
  }
  return outcome.test ? "finished" : "not tested";
}

FoundLaunches read_launches(const std::vector<fs::path>& paths) {
  FoundLaunches result;
  RunsByLaunch found;
  std::set<fs::path> seen;
  for (const fs::path& path : paths) {
    try {
      for (auto& [launch, runs] : runs_at(path, seen)) {
        for (RunRecord& run : runs) {
          seen.insert(run.folder);
          runs_in(found, launch).push_back(std::move(run));
        }
      }
      result.paths.push_back(path);
    } catch (const Error& error) {
      result.left_out.push_back(described(error));
    } catch (const fs::filesystem_error& error) {  // a folder that may not be read
      result.left_out.push_back(described(error));
    }
  }
  if (found.empty()) throw IoError(result.left_out.front());
  try {
    for (auto& [folder, runs] : found) {
      result.launches.push_back(read_launch(folder, std::move(runs)));
    }
  } catch (const ConfigError& error) {
    throw IoError(described(error));
  }
  make_labels_unique(result.launches);
  return result;
}

fs::path first_with(const VariantRecord& variant, std::string_view file) {
  for (const RunRecord& run : variant.runs) {
    if (fs::exists(run.folder / file)) return run.folder / file;
  }
  return {};
}

std::vector<const VariantRecord*> variants_of(const std::vector<LaunchRecord>& launches) {
  std::vector<const VariantRecord*> variants;
  for (const LaunchRecord& launch : launches) {
    for (const VariantRecord& variant : launch.variants) variants.push_back(&variant);
  }
  return variants;
}

std::string text_at(const Json& json, std::string_view path) {
  const Json* value = &json;
  while (value != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    value = value->is_object() ? value->find(path.substr(0, dot)) : nullptr;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  if (value == nullptr || value->is_null()) return "";
  return value->is_string() ? value->as_string() : config::dump(*value, 0);
}

}  // namespace lacuna::experiments::report
