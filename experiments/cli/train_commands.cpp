#include <fmt/format.h>

#include <algorithm>

#include "experiments/cli/commands.hpp"
#include "experiments/reproduce/figure.hpp"
#include "experiments/reproduce/into_file.hpp"
#include "experiments/reproduce/reproduce.hpp"
#include "experiments/reproduce/shipped.hpp"
#include "experiments/run/failed_run.hpp"
#include "experiments/run/launch.hpp"
#include "experiments/run/task_cache.hpp"
#include "experiments/sweep/sweep.hpp"
#include "experiments/sweep/sweep_files.hpp"
#include "runtime/error.hpp"

/// The commands that train.
namespace lacuna::experiments {

namespace {

/// The command line's changes of keys; its options count as the last of them.
std::vector<std::string> overrides_of(const CommandOptions& options) {
  std::vector<std::string> overrides = options.overrides;
  if (options.device) overrides.push_back("device=" + config::dump(*options.device, 0));
  if (options.threads) overrides.push_back(fmt::format("threads={}", *options.threads));
  return overrides;
}

LaunchOptions launch_options(const CommandOptions& options) {
  return {.quiet = options.quiet || options.json,
          .verbose = options.verbose,
          .command_line = options.command_line};
}

/// The project's own ledgers hold the experiments as they are shipped.
std::filesystem::path results_folder(const CommandOptions& options) {
  if (options.results) return *options.results;
  const bool changed = !std::ranges::all_of(options.overrides, changes_place_only);
  return changed || options.quick ? std::filesystem::path(options.folder) / "results"
                                  : shipped_results();
}

/// Everything short of training: the data are read and split, too.
void dry_run(const Plan& plan) {
  DeviceContext context(choose_device(plan.device), thread_count(plan.threads));
  TaskCache tasks(context);
  for (const Variant& variant : plan.variants) {
    const Task& task = tasks.load(variant.experiment.data, variant.experiment.evaluate).task;
    print("{}: {}\n", variant.name.empty() ? plan.name : variant.name, task.training_size());
  }
  print("{} variant(s) x {} seed(s) on device {}; nothing trained\n", plan.variants.size(),
        plan.seeds.size(), device_name(context.device()));
}

void print_report(const LaunchReport& report, bool json) {
  if (json) {
    config::Json all = to_json(report.results);
    all.set("folder", report.folder.string());
    all.set("picture", report.picture ? config::Json(report.picture->string()) : config::Json());
    return print(all);
  }
  print("{}\nresults: {}\n", table(report.results), report.folder.string());
  if (report.picture) print("picture: {}\n", report.picture->string());
}

bool of_settings(const Outcome& failed) {
  return failed.failure_code == ExitCode::non_finite;
}

/// Names runs that failed and what lets them go on, also where nothing else is said; returns the
/// exit code. `changes` are what a resumed one may change, or empty.
int tell_failures(const std::vector<Outcome>& failed, const std::string& name,
                  const std::filesystem::path& folder, std::string_view changes) {
  for (const Outcome& outcome : failed) {
    io::say(fmt::format("lacuna: {}, seed {} failed: {}\n",
                        outcome.variant.empty() ? name : outcome.variant, outcome.seed,
                        outcome.failure));
  }
  if (!std::ranges::all_of(failed, of_settings)) {
    io::say(
        fmt::format("lacuna: what failed is tried again by: lacuna resume {}\n", folder.string()));
  }
  if (!changes.empty() && std::ranges::any_of(failed, of_settings)) {
    io::say(fmt::format("lacuna: what diverged goes on with other settings: lacuna resume {} {}\n",
                        folder.string(), changes));
  }
  return static_cast<int>(first_failure(failed));
}

/// Prints the report; returns the exit code.
int finish(const LaunchReport& report, const CommandOptions& options) {
  if (report.folder.empty()) {  // interrupted before the first run was begun
    return static_cast<int>(ExitCode::interrupted);
  }
  print_report(report, options.json);
  const int code = tell_failures(report.failed, report.results.name, report.folder,
                                 "train.optimizer.learning_rate=RATE");
  if (!report.interrupted) return code;
  if (!options.json) print("go on with: lacuna resume {}\n", report.folder.string());
  return static_cast<int>(ExitCode::preempted);
}

int finish(const SweepReport& report, const CommandOptions& options) {
  if (options.json) {
    config::Json all = to_json(report.test);
    all.set("chosen", to_json(report.choices).at("choices"));
    all.set("folder", report.folder.string());
    print(all);
  } else if (!report.test.outcomes.empty()) {
    print("{}", table(report.test));
    for (const Choice& choice : report.choices) {
      print("chosen by validation{}: {}\n", choice.arm.empty() ? "" : " for " + choice.arm,
            text(choice.changes));
    }
    print("results: {}\n", report.folder.string());
  }
  const int code = tell_failures(report.failed, report.test.name, report.folder, "");
  if (!report.interrupted) return code;
  if (!options.json) print("go on with: lacuna resume {}\n", report.folder.string());
  return static_cast<int>(ExitCode::preempted);
}

}  // namespace

int train_command(const CommandOptions& options) {
  const Plan plan = load_plan(options.file, overrides_of(options));
  if (options.dry_run) {
    dry_run(plan);
    return 0;
  }
  return finish(train(plan, launch_options(options)), options);
}

int resume_command(const CommandOptions& options) {
  const std::vector<std::string> overrides = overrides_of(options);
  LaunchOptions again = launch_options(options);
  again.try_again = true;
  if (const auto stored = find_sweep(options.file, overrides)) {
    return finish(resume_sweep(*stored, options.jobs, again), options);
  }
  return finish(resume(options.file, overrides, again), options);
}

int sweep_command(const CommandOptions& options) {
  const Plan plan = load_plan(options.file, overrides_of(options));
  return finish(sweep(plan, options.jobs, launch_options(options)), options);
}

int reproduce_command(const CommandOptions& options) {
  if (options.file.empty()) {
    print("{}", list_tables());
    return 0;
  }
  if (options.into) check_marks(*options.into, options.file);  // before hours of training
  const ReproductionReport report = reproduce({.table = options.file,
                                               .filter = options.filter,
                                               .overrides = overrides_of(options),
                                               .folder = options.folder,
                                               .results = results_folder(options),
                                               .jobs = options.jobs,
                                               .quick = options.quick,
                                               .train = !options.dry_run,
                                               .first = options.first},
                                              launch_options(options));
  const bool figure = std::ranges::any_of(
      report.cells, [](const ReproducedCell& cell) { return cell.x && !cell.runs.empty(); });
  if (figure) write_figure(report, results_folder(options) / "figures");
  const std::string said = figure ? figure_sentences(report) : comparisons_of(report);
  const metrics::Table table = table_of(report);
  if (options.into) {
    const std::string shown = figure ? "" : table.markdown() + "\n";
    const std::string intervals = intervals_of(report);
    write_between_marks(*options.into, report.table,
                        shown + intervals + (intervals.empty() ? "" : "\n") + said +
                            means_of(report) + left_out_of(report));
  }
  if (options.json) {
    print(to_json(report));
  } else {
    print("{}{}{}{}", table.text(), intervals_of(report), said, left_out_of(report));
  }
  if (report.interrupted) return static_cast<int>(ExitCode::preempted);
  return static_cast<int>(report.failure);
}

}  // namespace lacuna::experiments
