#include "experiments/sweep/sweep.hpp"

#include <fmt/format.h>

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
      : plan_(plan), jobs_(jobs), options_(options), candidates_(candidates_of(plan)) {
    options_.keep_going = true;
    report_.folder = std::move(folder);
  }

  SweepReport run() {
    const Plan search = search_plan(plan_, candidates_);
    options_.remark(fmt::format("search: {} runs, then {} of what is chosen",
                                search.variants.size() * search.seeds.size(),
                                plan_.variants.size() * plan_.seeds.size()));
    const Results searched = launch(search, "search");
    if (report_.interrupted) return std::move(report_);
    report_.choices = frozen_choices(report_.folder, choose(candidates_, searched.outcomes));
    for (const Choice& choice : report_.choices) {
      options_.remark(fmt::format("chosen for {}: {} (validation {:.4f})",
                                  choice.arm.empty() ? plan_.name : choice.arm,
                                  text(choice.changes), choice.validation.value));
    }
    report_.test = launch(test_plan(plan_, report_.choices), "test");
    write_sweep_table(report_.folder, candidates_, searched, report_.choices, report_.test);
    draw_search(report_.folder, candidates_, searched, options_);
    return std::move(report_);
  }

 private:
  Results launch(Plan plan, const std::string& name) {
    plan.output.dir = (report_.folder / name).string();
    const fs::path folder = begin_launch(plan);
    if (jobs_ > 1 && !run_in_processes(planned_runs(plan, folder), jobs_, plan.threads, options_)) {
      report_.interrupted = true;
      return {};
    }
    // Nothing is left to train but what failed in a process: it is tried again where it is seen.
    LaunchReport done = go_on(plan, folder, options_);
    report_.interrupted = done.interrupted;
    return std::move(done.results);
  }

  const Plan& plan_;
  int jobs_;
  LaunchOptions options_;
  std::vector<Candidate> candidates_;
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
