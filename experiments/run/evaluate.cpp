#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "experiments/run/launch.hpp"
#include "experiments/run/run_loader.hpp"

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
    if (!experiment.evaluate.test) {
      fmt::print(stderr, "{}: left out, its test ratings are not to be looked at\n",
                 run.folder.string());
      continue;
    }
    const auto [task, fresh, model] = loader.load(run);
    if (fresh) add_baselines(results, task, run.variant, several_data);
    results.name = experiment.name.value_or(path.filename().string());
    Outcome outcome{.variant = run.variant.name,
                    .seed = run.outcome.seed,
                    .training = run.outcome.training,
                    .failure = {},
                    .test = task.evaluate(context, *model, experiment.evaluate)};
    if (run.outcome.training.interrupted) outcome.variant += " (interrupted)";
    results.outcomes.push_back(std::move(outcome));
  }
  return results;
}

}  // namespace lacuna::experiments
