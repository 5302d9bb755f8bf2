#include "experiments/reproduce/reproduce.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

#include "experiments/reproduce/configuration.hpp"
#include "experiments/reproduce/ledger_line.hpp"
#include "experiments/reproduce/row_cells.hpp"
#include "experiments/reproduce/shipped.hpp"
#include "experiments/run/failed_run.hpp"
#include "experiments/run/job.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/run/task_cache.hpp"
#include "experiments/sweep/sweep.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/error.hpp"
#include "runtime/io/folder_lock.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

struct Ending {
  bool interrupted = false;
  ExitCode failure = ExitCode::ok;  ///< of the first run that failed
};

Ending train_all(const Plan& plan, int jobs, LaunchOptions options) {
  options.keep_going = true;
  if (!plan.variants.front().experiment.sweep) {
    const LaunchReport done = continue_launch(plan, begin_launch(plan), options);
    return {done.interrupted, first_failure(done.failed)};
  }
  const StoredSweep sweep{begin_launch(plan, sweep_file), plan};
  try {
    const SweepReport done = resume_sweep(sweep, jobs, options);
    return {done.interrupted, first_failure(done.test.outcomes)};
  } catch (const NothingTrained& error) {
    options.remark(fmt::format("{}: {}", plan.name, error.what()));
    return {.failure = error.code()};
  } catch (const io::FolderInUse& error) {
    options.remark(fmt::format("{}: {}", plan.name, error.what()));
    return {.failure = error.code()};
  }
}

/// The plan with what the ledger's searches have chosen, where they are all there.
std::optional<ChosenPlan> chosen_plan(const Plan& plan, const Ledger& ledger) {
  if (!plan.variants.front().experiment.sweep) return ChosenPlan{plan, {}};
  const auto known = [&](const Plan& round, int) -> std::optional<std::vector<Outcome>> {
    std::vector<Outcome> outcomes;
    for (const Job& job : jobs_of(round, {})) {
      auto outcome = ledger.find(job);
      if (!outcome) return std::nullopt;
      outcomes.push_back(*std::move(outcome));
    }
    return outcomes;
  };
  try {
    const auto found = search(plan, known);
    if (!found) return std::nullopt;
    return ChosenPlan{test_plan(plan, found->choices), at_edge(*found)};
  } catch (const NothingTrained&) {
    return std::nullopt;
  }
}

/// The same arm by arm: one whose search is not all there stays as the plan has it.
ChosenPlan chosen_arms(const Plan& plan, const Ledger& ledger) {
  ChosenPlan all{plan, {}};
  for (Variant& variant : all.plan.variants) {
    Plan alone = plan;
    alone.variants = {variant};
    const auto chosen = chosen_plan(alone, ledger);
    if (!chosen) continue;
    variant = chosen->plan.variants.front();
    all.at_edge.insert(all.at_edge.end(), chosen->at_edge.begin(), chosen->at_edge.end());
  }
  return all;
}

bool all_known(const std::optional<ChosenPlan>& chosen, const Ledger& ledger) {
  return chosen && std::ranges::all_of(jobs_of(chosen->plan, {}), [&](const Job& job) {
           return ledger.find(job).has_value();
         });
}

/// Adds the scores of the task's first baseline, a constant, on each split that lacks them; of a
/// figure whose abscissa is one of the data's settings, at each place.
void add_baselines(const Plan& plan, Ledger& ledger) {
  std::optional<DeviceContext> context;
  for (const Variant& variant : plan.variants) {
    for (const std::uint64_t seed : plan.seeds) {
      const Experiment experiment = with_seed(variant, seed);
      if (ledger.find(data_configuration_of(experiment)) != nullptr) continue;
      if (!context) context.emplace(choose_device(plan.device), thread_count(plan.threads));
      TaskCache tasks(*context);
      const Task& task = tasks.load(experiment.data, experiment.evaluate).task;
      ledger.add(line_of(task.baselines(experiment.evaluate).front(), experiment, task.checksum()));
    }
    if (std::ranges::none_of(variant.experiment.paper, is_along_data)) return;
  }
}

std::vector<PaperExperiment> selected(const Reproduction& what) {
  std::vector<PaperExperiment> experiments = paper_experiments();
  std::erase_if(experiments, [&](const PaperExperiment& each) { return each.table != what.table; });
  if (experiments.empty()) {
    throw ConfigError(fmt::format("no experiment repeats the table '{}'; there are:\n{}",
                                  what.table, list_tables()));
  }
  try {
    const std::regex filter(what.filter);
    std::erase_if(experiments, [&](const PaperExperiment& each) {
      return !std::regex_search(each.name, filter);
    });
  } catch (const std::regex_error&) {
    throw ConfigError(fmt::format("--filter {}: not a regular expression", what.filter));
  }
  if (experiments.empty()) {
    throw ConfigError(fmt::format("--filter {}: fits no experiment of '{}'; there are:\n{}",
                                  what.filter, what.table, list_tables()));
  }
  return experiments;
}

/// The experiments that are wanted, and the rows of the others that they do not repeat. Throws
/// ConfigError where there are smaller ones only and they are not asked for.
std::vector<PaperExperiment> quick_or_not(const Reproduction& what,
                                          std::vector<PaperExperiment> experiments,
                                          std::vector<std::string>& left_out) {
  const auto others = std::ranges::stable_partition(
      experiments, [&](const PaperExperiment& each) { return each.quick == what.quick; });
  std::set<std::string> named;
  for (auto wanted = experiments.begin(); wanted != others.begin(); ++wanted) {
    named.insert(wanted->row);
  }
  for (const PaperExperiment& other : others) {
    if (what.quick && named.insert(other.row).second) left_out.push_back(other.row);
  }
  experiments.erase(others.begin(), others.end());
  if (experiments.empty() && !what.quick) {
    throw ConfigError(fmt::format("--filter {}: fits smaller experiments of '{}' only: add --quick",
                                  what.filter, what.table));
  }
  // One that has several rows of the table brings them all at once.
  const auto [again, end] = std::ranges::unique(experiments, {}, &PaperExperiment::file);
  experiments.erase(again, end);
  return experiments;
}

}  // namespace

ReproductionReport reproduce(const Reproduction& what, const LaunchOptions& options) {
  ReproductionReport report{.table = what.table, .cells = {}, .left_out = {}};
  Ledger ledger(what.results);
  LaunchOptions remembering = options;
  remembering.known = &ledger;
  std::vector<RowCell> rows;
  for (const PaperExperiment& experiment : quick_or_not(what, selected(what), report.left_out)) {
    Plan plan = load_plan(experiment.file, what.overrides);
    const fs::path folder = fs::absolute(what.folder) / experiment.home / experiment.name;
    plan.output.dir = folder.string();
    check_begun(plan, plan.variants.front().experiment.sweep ? sweep_file : launch_file);
    ledger.begin(experiment.home, experiment.name);
    const bool can_run =
        what.train && !report.interrupted && at_hand(plan.variants.front().experiment.data);
    if (can_run && !all_known(chosen_plan(plan, ledger), ledger)) {
      options.remark(fmt::format("== {}", experiment.name));
      const Ending ending = train_all(plan, what.jobs, remembering);
      report.interrupted = ending.interrupted;
      if (report.failure == ExitCode::ok) report.failure = ending.failure;
    }
    if (can_run && !report.interrupted) add_baselines(plan, ledger);
    const ChosenPlan chosen = chosen_arms(plan, ledger);
    for (const PaperConfig& paper : plan.variants.front().experiment.paper) {
      if (paper.table == what.table && paper.quick == what.quick) {
        add_cells(rows, chosen, paper, ledger);
      }
    }
  }
  report.cells = cells_of(std::move(rows), what.first);
  for (ReproducedCell& cell : report.cells) cell.smaller = what.quick;
  return report;
}

std::string list_tables() {
  std::string text;
  for (const PaperExperiment& experiment : paper_experiments()) {
    text += fmt::format("{:<24} {:<32} {}{}\n", experiment.table, experiment.name, experiment.row,
                        experiment.quick ? " (--quick)" : "");
  }
  return text;
}

}  // namespace lacuna::experiments
