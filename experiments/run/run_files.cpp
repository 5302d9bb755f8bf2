#include "experiments/run/run_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"
#include "runtime/data/id_map.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/system/environment.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;
using config::Json;

namespace {

void write_json(const fs::path& path, const Json& json) {
  io::write_file_atomically(path, config::dump(json) + "\n");
}

std::string absolute_source(const std::string& source) {
  return fs::exists(source) ? fs::canonical(source).string() : source;
}

Json data_json(const RatingTask& task) {
  const data::Dataset& dataset = task.dataset();
  return Json::object({{"source", absolute_source(dataset.source)},
                       {"checksum", dataset.checksum},
                       {"rows", task.train().rows()},
                       {"columns", task.train().cols()},
                       {"train_ratings", task.train().nnz()},
                       {"validation_ratings", task.validation().nnz()},
                       {"test_ratings", task.test().nnz()}});
}

double number_or_nan(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.as_double();
}

TestError test_error(const Json& json) {
  return {.rmse = json.at("rmse").as_double(),
          .mae = json.at("mae").as_double(),
          .warm_rmse = number_or_nan(json.at("warm_rmse")),
          .pairs = json.at("pairs").as_int64(),
          .warm_pairs = json.at("warm_pairs").as_int64()};
}

StoredRun read_run(const fs::path& folder) {
  try {
    const Json resolved = config::read_json(folder / "resolved.json");
    const Json data = config::read_json(folder / "data.json");
    const Json result = config::read_json(folder / "result.json");
    StoredRun run{
        .folder = folder,
        .variant = {result.at("variant").as_string(), config::parse<Experiment>(resolved)},
        .seed = result.at("seed").as_uint64(),
        .source = data.at("source").as_string(),
        .checksum = data.at("checksum").as_string()};
    run.training.epochs = static_cast<int>(result.at("epochs").as_int64());
    run.training.best_epoch = static_cast<int>(result.at("best_epoch").as_int64());
    run.training.best_validation_rmse = number_or_nan(result.at("validation_rmse"));
    run.training.interrupted = result.at("interrupted").as_bool();
    run.training.seconds = result.at("seconds").as_double();
    if (!result.at("failure").is_null()) run.failure = result.at("failure").as_string();
    if (!result.at("test").is_null()) run.test = test_error(result.at("test"));
    return run;
  } catch (const ConfigError& error) {
    throw IoError(fmt::format("{}: not a complete run: {}", folder.string(), error.what()));
  }
}

/// A run that was trained on after its end has looked more than once.
std::int64_t looks_at_test(const fs::path& folder) {
  if (!fs::exists(folder / "result.json")) return 0;
  const Json before = config::read_json(folder / "result.json");
  const Json* looks = before.is_object() ? before.find("looks_at_test") : nullptr;
  return looks != nullptr ? looks->to_int64().value_or(0) : 0;
}

}  // namespace

fs::path output_root(const OutputConfig& output) {
  if (!output.dir) return fs::absolute(io::expand_home(output.root));
  return fs::absolute(io::expand_home(*output.dir) / "").parent_path().parent_path();
}

void write_setup(const fs::path& folder, Device device, const Experiment& experiment,
                 const RatingTask& task, std::span<const std::string> command_line) {
  Experiment single = experiment;
  single.seeds = 1;
  single.seeds_vary = SeedsVary::training;
  single.data = with_source(single.data, absolute_source(task.dataset().source));
  single.output.root = output_root(single.output).string();
  single.output.dir.reset();  // a repetition gets a folder of its own
  write_json(folder / "resolved.json", config::to_json(single));
  if (!fs::exists(folder / "environment.json")) {
    Json environment = system::environment(command_line);
    environment.set("device", std::string(device_name(device)));
    write_json(folder / "environment.json", environment);
  }
  write_json(folder / "data.json", data_json(task));
  const data::IdMaps& ids = task.dataset().ids;
  io::write_file_atomically(folder / "users.csv", data::id_map_text(ids.user));
  io::write_file_atomically(folder / "items.csv", data::id_map_text(ids.item));
}

void write_result(const fs::path& folder, const Experiment& experiment, const Outcome& outcome) {
  const Json evaluate = config::to_json(experiment.evaluate);
  Json result = to_json(outcome);
  result.set("protocol", Json::object({{"split_seed", data::common(experiment.data).split_seed},
                                       {"clip", evaluate.at("clip")},
                                       {"cold", evaluate.at("cold")},
                                       {"epoch_chosen_on", "validation"}}));
  result.set("looks_at_test", looks_at_test(folder) + (outcome.test ? 1 : 0));
  write_json(folder / "result.json", result);
}

std::string metrics_line(const EpochReport& report) {
  return config::dump(Json::object({{"epoch", report.epoch},
                                    {"loss", report.loss},
                                    {"penalty", report.penalty},
                                    {"train_rmse", report.train_rmse},
                                    {"validation_rmse", report.validation_rmse},
                                    {"best", report.best},
                                    {"rate", report.rate},
                                    {"seconds", report.seconds}}),
                      0);
}

double cut_metrics(const fs::path& folder, int epochs) {
  const fs::path path = folder / metrics_file;
  if (!fs::exists(path)) return 0;
  std::ifstream file(path);
  std::string kept;
  std::string last;
  int lines = 0;
  for (std::string line; lines < epochs && std::getline(file, line); ++lines) {
    kept += line + '\n';
    last = std::move(line);
  }
  if (file.peek() != std::ifstream::traits_type::eof()) io::write_file_atomically(path, kept);
  if (last.empty()) return 0;
  try {
    return config::parse_json(last, path.string()).at("seconds").as_double();
  } catch (const ConfigError& error) {
    throw IoError(error.what());
  }
}

std::optional<StoredData> stored_data(const fs::path& folder) {
  if (!fs::exists(folder / "data.json")) return std::nullopt;
  try {
    const Json data = config::read_json(folder / "data.json");
    return StoredData{data.at("source").as_string(), data.at("checksum").as_string()};
  } catch (const ConfigError& error) {
    throw IoError(error.what());
  }
}

void check_ratings(const fs::path& folder, const StoredData& stored, const RatingTask& task) {
  if (task.dataset().checksum == stored.checksum) return;
  throw DataError(fmt::format("{}: not the ratings that {} was trained on (checksum {}, not {})",
                              stored.source, folder.string(), task.dataset().checksum,
                              stored.checksum));
}

data::DataConfig with_source(data::DataConfig config, const std::string& source) {
  std::visit(
      [&](auto& chosen) {
        if constexpr (requires { chosen.path; }) chosen.path = source;
      },
      config);
  return config;
}

std::optional<StoredRun> stored_run(const fs::path& folder) {
  if (!fs::exists(folder / "result.json")) return std::nullopt;
  return read_run(folder);
}

Outcome outcome_of(const StoredRun& run) {
  return {.variant = run.variant.name,
          .seed = run.seed,
          .training = run.training,
          .failure = run.failure,
          .test = run.test};
}

StoredRuns find_runs(const fs::path& path) {
  if (!fs::is_directory(path)) throw IoError(path.string() + ": no run folder");
  std::vector<fs::path> folders;
  if (fs::exists(path / "resolved.json")) folders.push_back(path);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_directory() && fs::exists(entry.path() / "resolved.json")) {
      folders.push_back(entry.path());
    }
  }
  std::ranges::sort(folders);
  StoredRuns found;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / "result.json") && fs::exists(folder / weights_file)) {
      found.runs.push_back(read_run(folder));
    } else {
      found.unfinished.push_back(folder);
    }
  }
  if (found.runs.empty())
    throw IoError(path.string() + ": holds no run with result.json and weights.safetensors");
  return found;
}

}  // namespace lacuna::experiments
