#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "experiments/run/launch.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/run/task_cache.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

Results evaluate(const fs::path& path, const std::string& device, int threads) {
  DeviceContext context(choose_device(device), thread_count(threads));
  TaskCache tasks(context, {.keep = false, .remark = [](const std::string& text) {
                              fmt::print(stderr, "{}\n", text);
                            }});
  Results results;
  const StoredRuns stored = find_runs(io::expand_home(path.string()));
  for (const fs::path& folder : stored.unfinished) {
    fmt::print(stderr, "{}: left out, it has no result or no weights\n", folder.string());
  }
  std::vector<Variant> variants;
  std::ranges::transform(stored.runs, std::back_inserter(variants), &StoredRun::variant);
  const bool several_data = several_data_sets(variants);
  for (const StoredRun& run : stored.runs) {
    const Experiment& experiment = run.variant.experiment;
    tasks.keep_files_in(cache_folder(experiment.output));
    const auto [task, fresh] = tasks.load(with_source(experiment.data, run.source));
    if (fresh) add_baselines(results, task, run.variant, several_data);
    check_ratings(run.folder, {run.source, run.checksum}, task);
    const auto model =
        models::make_model(context, experiment.model, task.input_statistics(), run.seed);
    load_weights(run.folder / weights_file, model->parameters());
    results.name = experiment.name.value_or(path.filename().string());
    Outcome outcome{.variant = run.variant.name,
                    .seed = run.seed,
                    .training = run.training,
                    .failure = {},
                    .test = task.evaluate(context, *model, experiment.evaluate)};
    if (run.training.interrupted) outcome.variant += " (interrupted)";
    results.outcomes.push_back(std::move(outcome));
  }
  return results;
}

}  // namespace lacuna::experiments
