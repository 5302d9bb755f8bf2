#include <fmt/format.h>

#include <algorithm>

#include "experiments/run/add_baselines.hpp"
#include "experiments/run/launch.hpp"
#include "experiments/run/run_loader.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/error.hpp"
#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

Results evaluate(const fs::path& path, const std::optional<std::string>& data,
                 const std::string& device, int threads) {
  DeviceContext context(choose_device(device), thread_count(threads));
  RunLoader loader(context, data);
  Results results;
  const StoredRuns stored = find_finished_runs(path);
  std::vector<Variant> variants;
  std::ranges::transform(stored.runs, std::back_inserter(variants), &StoredRun::variant);
  const bool several_data = several_data_sets(variants);
  for (const StoredRun& run : stored.runs) {
    const Experiment& experiment = run.variant.experiment;
    const TaskKind& kind = kind_of(experiment.evaluate);
    if (results.task == nullptr) results.task = &kind;
    if (results.task != &kind) {
      throw ConfigError(fmt::format("{} holds runs of the tasks {} and {}: name runs of one task",
                                    path.string(), results.task->name(), kind.name()));
    }
    if (!looks_at_test(experiment.evaluate)) {
      io::say(fmt::format("{}: left out, its test {} are not to be looked at\n",
                          run.folder.string(), kind.cases()));
      continue;
    }
    const auto [task, fresh, model] = loader.load(run);
    if (fresh) add_baselines(results, task, run.variant, several_data);
    results.name = experiment.name.value_or(path.filename().string());
    TestResult result = task.test(context, *model, experiment.evaluate);
    Outcome outcome{.variant = run.variant.name,
                    .seed = run.outcome.seed,
                    .training = run.outcome.training,
                    .failure = {},
                    .test = std::move(result.scores),
                    .remarks = std::move(result.remarks),
                    .details = std::move(result.details)};
    if (run.outcome.training.interrupted) outcome.variant += " (interrupted)";
    results.outcomes.push_back(std::move(outcome));
  }
  return results;
}

}  // namespace lacuna::experiments
