#include "experiments/sweep/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/run/job.hpp"
#include "experiments/run/known_runs.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/sweep/processes.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// Searches and tests; both are launches that are resumed where they were begun.
class Sweep {
 public:
  Sweep(fs::path folder, const Plan& plan, int jobs, const LaunchOptions& options)
      : plan_(plan), jobs_(jobs), options_(options) {
    options_.keep_going = true;
    report_.folder = std::move(folder);
  }

  SweepReport run() {
    Results searched;
    const auto found =
        search(plan_, [&](const Plan& plan, int round) { return try_all(plan, round, searched); });
    if (!found) return std::move(report_);
    report_.choices = frozen_choices(report_.folder, found->choices);
    for (const Choice& choice : report_.choices) {
      options_.remark(fmt::format("chosen for {}: {} (validation {:.4f})",
                                  choice.arm.empty() ? plan_.name : choice.arm,
                                  text(choice.changes), choice.validation.value));
    }
    searched.outcomes = found->outcomes;
    report_.test = launch(test_plan(plan_, report_.choices), "test", options_.try_again);
    write_sweep_table(report_.folder, found->candidates, searched, report_.choices, report_.test);
    draw_search(report_.folder, found->candidates, searched, options_);
    return std::move(report_);
  }

 private:
  /// A round of the search.
  std::optional<std::vector<Outcome>> try_all(const Plan& plan, int round, Results& searched) {
    options_.remark(fmt::format(
        "search{}: {} runs, then {} of what is chosen", round == 1 ? "" : " beyond the grid's edge",
        plan.variants.size() * plan.seeds.size(), plan_.variants.size() * plan_.seeds.size()));
    // What a decision has been made on stays as it is.
    const bool decided = fs::exists(report_.folder / search_name(round + 1)) ||
                         !stored_choices(report_.folder).empty();
    searched = launch(plan, search_name(round), options_.try_again && !decided);
    if (report_.interrupted) return std::nullopt;
    return searched.outcomes;
  }

  static std::string search_name(int round) {
    return round == 1 ? "search" : fmt::format("search-{}", round);
  }

  Results launch(Plan plan, const std::string& name, bool try_again) {
    plan.output.dir = (report_.folder / name).string();
    const fs::path folder = begin_launch(plan);
    LaunchOptions options = options_;
    options.try_again = try_again;
    if (jobs_ > 1) {
      if (!run_in_processes(unknown_runs(plan, folder), jobs_, plan.threads, options)) {
        report_.interrupted = true;
        return {};
      }
      options.try_again = false;  // the processes have
    }
    LaunchReport done = continue_launch(plan, folder, options);
    report_.interrupted = done.interrupted;
    // There is no choice without its result.
    if (done.in_use && !done.interrupted) std::rethrow_exception(done.in_use);
    std::ranges::move(done.failed, std::back_inserter(report_.failed));
    return std::move(done.results);
  }

  std::vector<Job> unknown_runs(const Plan& plan, const fs::path& folder) const {
    std::vector<Job> runs = jobs_of(plan, folder);
    std::erase_if(runs, [&](const Job& job) {
      return options_.known != nullptr && options_.known->find(job).has_value();
    });
    return runs;
  }

  const Plan& plan_;
  int jobs_;
  LaunchOptions options_;
  SweepReport report_;
};

}  // namespace

SweepReport sweep(const Plan& plan, int jobs, const LaunchOptions& options) {
  search_plan(plan, candidates_of(plan));  // wrong ones leave no folder behind
  return Sweep(create_sweep_folder(plan), plan, jobs, options).run();
}

SweepReport resume_sweep(const StoredSweep& stored, int jobs, const LaunchOptions& options) {
  write_plan(stored.folder, stored.plan, sweep_file);
  return Sweep(stored.folder, stored.plan, jobs, options).run();
}

}  // namespace lacuna::experiments
