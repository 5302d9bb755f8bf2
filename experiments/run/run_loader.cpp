#include "experiments/run/run_loader.hpp"

#include <fmt/format.h>

#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/io/standard_streams.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

StoredRuns find_finished_runs(const fs::path& path) {
  StoredRuns stored = find_runs(io::expand_home(path.string()));
  for (const fs::path& folder : stored.unfinished) {
    io::say(fmt::format("{}: left out, it has no result or no weights\n", folder.string()));
  }
  return stored;
}

RunLoader::RunLoader(DeviceContext& context, std::optional<std::string> data)
    : context_(context),
      data_(std::move(data)),
      tasks_(context, {.keep = false, .remark = [](const std::string& text) {
                         io::say(fmt::format("{}\n", text));
                       }}) {}

/// What an experiment says with a key, a command on its run says with an option.
TaskCache::Loaded RunLoader::load_task(const DataConfig& data, const EvaluateConfig& evaluate) {
  try {
    return tasks_.load(data, evaluate);
  } catch (const DataError& error) {
    constexpr std::string_view key = "data.path";
    std::string text = error.what();
    for (auto at = text.find(key); at != text.npos; at = text.find(key)) {
      text.replace(at, key.size(), "--data");
    }
    throw DataError(text);
  }
}

RunLoader::Loaded RunLoader::load(const StoredRun& run) {
  const Experiment& experiment = run.variant.experiment;
  if (data_ && path_of(experiment.data) == nullptr) {
    throw ConfigError(fmt::format(
        "--data {}: {} was trained on generated data, which are in no file: leave it out", *data_,
        run.folder.string()));
  }
  tasks_.keep_files_in(cache_folder(experiment.output));
  const auto [task, fresh] =
      load_task(with_path(experiment.data, data_.value_or(run.data.source)), experiment.evaluate);
  check_data(run.folder, run.data, task);
  auto model = models::make_model(context_, experiment.model, task.model_facts(), run.outcome.seed);
  load_weights(run.folder / weights_file, tensors_of(*model));
  return {task, fresh, std::move(model)};
}

}  // namespace lacuna::experiments
