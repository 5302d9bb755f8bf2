#include <fmt/format.h>

#include <algorithm>

#include "experiments/run/add_baselines.hpp"
#include "experiments/run/launch.hpp"
#include "experiments/run/run_loader.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/failure.hpp"
#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

const TaskKind& only_kind(const std::vector<StoredRun>& runs, const fs::path& path) {
  const TaskKind& first = kind_of(runs.front().variant.experiment.evaluate);
  for (const StoredRun& run : runs) {
    const TaskKind& kind = kind_of(run.variant.experiment.evaluate);
    if (&kind == &first) continue;
    throw ConfigError(fmt::format("{} holds runs of the tasks {} and {}: name runs of one task",
                                  path.string(), first.name(), kind.name()));
  }
  return first;
}

/// What to know of a run that did not come to its end.
std::string how_it_ended(const Outcome& run) {
  const std::string steps =
      run.steps > 0 ? fmt::format(" after {} step{}", run.steps, run.steps == 1 ? "" : "s") : "";
  return fmt::format(
      "the run failed{}: {}. Its weights are those of the last good step that was kept, the end of "
      "epoch {}",
      steps, run.failure, run.training.best_epoch);
}

/// A look that cannot be noted is one all the same.
void note_look(const StoredRun& run, const TestScores& scores, const TaskKind& kind) {
  const std::int64_t looks = all_looks(run.folder) + 1;
  std::string problem;
  try {
    note_evaluation(run.folder, scores);
  } catch (const IoError& error) {
    problem = fmt::format(", and this time could not be noted: {}", error.what());
  }
  io::say(fmt::format("{}: its test {} were {}{}\n", run.folder.string(), kind.cases(),
                      times_seen(looks), problem));
}

Outcome test(DeviceContext& context, const Task& task, Model& model, const StoredRun& run,
             const std::string& name) {
  TestResult result = task.test(context, model, run.variant.experiment.evaluate);
  Outcome outcome = run.outcome;
  outcome.variant = run.variant.name;
  outcome.remarks = std::move(result.remarks);
  outcome.details = std::move(result.details);
  const bool failed = !run.outcome.failure.empty();
  if (failed || run.outcome.training.interrupted) {
    outcome.variant = fmt::format("{} ({})", outcome.variant.empty() ? name : outcome.variant,
                                  failed ? "failed" : "interrupted");
  }
  if (failed) outcome.remarks.push_back(how_it_ended(run.outcome));
  note_look(run, result.scores, task.kind());
  outcome.test = std::move(result.scores);
  return outcome;
}

}  // namespace

LaunchReport evaluate(const fs::path& path, const std::optional<std::string>& data,
                      const std::string& device, int threads) {
  DeviceContext context(choose_device(device), thread_count(threads));
  RunLoader loader(context, data);
  const StoredRuns stored = find_finished_runs(path);
  LaunchReport report;
  Results& results = report.results;
  results.task = &only_kind(stored.runs, path);
  std::vector<Variant> variants;
  std::ranges::transform(stored.runs, std::back_inserter(variants), &StoredRun::variant);
  const bool several_data = several_data_sets(variants);
  for (const StoredRun& run : stored.runs) {
    const Experiment& experiment = run.variant.experiment;
    if (!looks_at_test(experiment.evaluate)) {
      io::say(fmt::format("{}: left out, its test {} are not to be looked at\n",
                          run.folder.string(), results.task->cases()));
      continue;
    }
    results.name = experiment.name.value_or(path.filename().string());
    try {
      const auto [task, fresh, model] = loader.load(run);
      if (fresh) add_baselines(results, task, run.variant, several_data);
      Outcome outcome = test(context, task, *model, run, results.name);
      results.origins[{outcome.variant, outcome.seed}] = origin_of(experiment);
      results.outcomes.push_back(std::move(outcome));
    } catch (const std::exception&) {
      if (stored.runs.size() == 1) throw;
      const Failure failure = failure_of(std::current_exception());
      report.failed.push_back(run.outcome);
      report.failed.back().failure = failure.text;
      report.failed.back().failure_code = failure.code;
      io::say(fmt::format("lacuna: {}: {}\n", run.folder.string(), failure.text));
    }
  }
  return report;
}

}  // namespace lacuna::experiments
