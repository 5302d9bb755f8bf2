#include "experiments/run/predict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/run/run_loader.hpp"
#include "experiments/tasks/rows/encode_rows.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/data/packed_path.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

namespace {

StoredRun only_run(const std::filesystem::path& path) {
  StoredRuns stored = find_finished_runs(path);
  if (stored.runs.size() == 1) return std::move(stored.runs.front());
  std::string list;
  for (const StoredRun& run : stored.runs) list += "\n  " + run.folder.string();
  throw ConfigError(fmt::format("{} holds {} runs, name one of them:{}", path.string(),
                                stored.runs.size(), list));
}

void refuse_foreign(const PredictValues& values, const TaskKind& kind) {
  const auto options = kind.predict_options();
  for (const auto& [name, value] : values) {
    if (std::ranges::find(options, name, &PredictOption::name) != options.end()) continue;
    std::string own;
    for (const PredictOption& option : options) {
      own += fmt::format("{}{}", own.empty() ? "" : ", ", option.name);
    }
    throw ConfigError(fmt::format("{}: the run's task, {}, does not take it; it takes {}", name,
                                  kind.name(), own));
  }
}

/// The name tells the format.
void refuse_ending(const std::filesystem::path& output, const TaskKind& kind) {
  const auto files = kind.prediction_files();
  if (std::ranges::find(files, output.extension().string()) != files.end()) return;
  const std::vector<std::string> endings(files.begin(), files.end());
  throw ConfigError(fmt::format("--output {}: the name must end in {}, which chooses the format",
                                output.string(), config::joined(endings, " or ")));
}

/// Before anything that takes time.
void refuse_missing(std::string_view option, const std::string& file) {
  if (data::is_there(io::expand_home(file).string())) return;
  throw DataError(fmt::format("{} {}: there is no such file", option, file));
}

void refuse_missing(const PredictValues& values, const TaskKind& kind) {
  for (const PredictOption& option : kind.predict_options()) {
    const auto given = values.find(option.name);
    if (given == values.end() || option.value != PredictOption::Value::file) continue;
    refuse_missing(option.name, given->second);
  }
}

}  // namespace

std::unique_ptr<Predictions> predict(const std::filesystem::path& path, const PredictValues& values,
                                     const std::optional<std::filesystem::path>& output,
                                     const std::optional<std::string>& data,
                                     const std::string& device, int threads) {
  const StoredRun run = only_run(path);
  const TaskKind& kind = kind_of(run.variant.experiment.evaluate);
  refuse_foreign(values, kind);
  if (output) refuse_ending(*output, kind);
  refuse_missing(values, kind);
  return kind.predict({run, values, data, device, threads});
}

std::array<std::int64_t, 2> encode(const std::filesystem::path& path, const PredictValues& values,
                                   Output what, const std::filesystem::path& output,
                                   const std::optional<std::string>& data,
                                   const std::string& device, int threads) {
  if (const auto rows = values.find("--rows"); rows != values.end()) {
    refuse_missing("--input", rows->second);
  }
  const StoredRun run = only_run(path);
  return encode_rows({run, values, data, device, threads}, what, output);
}

}  // namespace lacuna::experiments
