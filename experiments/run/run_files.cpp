#include "experiments/run/run_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "experiments/experiment_json.hpp"
#include "experiments/run/stored_json.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/data/checksum.hpp"
#include "runtime/data/packed_path.hpp"
#include "runtime/error.hpp"
#include "runtime/io/append_file.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/io/mapped_file.hpp"
#include "runtime/system/environment.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;
using config::Json;

namespace {

void write_json(const fs::path& path, const Json& json) {
  io::write_file_atomically(path, config::dump(json) + "\n");
}

std::string absolute_source(const std::string& source) {
  std::error_code pipe;  // has no canonical path
  const fs::path whole = fs::canonical(source, pipe);
  if (!pipe) return whole.string();
  return data::is_there(source) ? fs::absolute(source).string() : source;
}

Json data_json(const Task& task) {
  Json json =
      Json::object({{"source", absolute_source(task.source())}, {"checksum", task.checksum()}});
  const Json facts = task.facts();
  for (const Json::Member& fact : facts.as_object()) json.set(fact.key, fact.value);
  return json;
}

Json file_json(const fs::path& file) {
  const io::MappedFile bytes(file);
  return Json::object({{"file", file.string()},
                       {"xxh3_128", data::checksum_of(std::as_bytes(std::span(bytes.bytes())))}});
}

StoredData stored_data_of(const Json& data) {
  return {data.at("source").as_string(), data.at("checksum").as_string()};
}

StoredRun read_run(const fs::path& folder) {
  try {
    Experiment experiment = parse_experiment(config::read_json(folder / resolved_file));
    Outcome outcome = read_outcome(config::read_json(folder / result_file),
                                   kind_of(experiment.evaluate).test_scores());
    const fs::path data = folder / "data.json";
    const bool without_data = !outcome.failure.empty() && !fs::exists(data);
    return {.folder = folder,
            .variant = {outcome.variant, std::move(experiment)},
            .data = without_data ? StoredData() : stored_data_of(config::read_json(data)),
            .outcome = std::move(outcome)};
  } catch (const ConfigError& error) {
    throw IoError(fmt::format("{}: not a complete run: {}", folder.string(), error.what()));
  }
}

/// A run that was trained on after its end has looked more than once.
std::int64_t looks_before(const fs::path& folder) {
  const fs::path file = folder / result_file;
  if (!fs::exists(file)) return 0;
  return read_stored(file, [](const Json& result) { return looks_at_test(result); });
}

}  // namespace

fs::path output_root(const OutputConfig& output) {
  if (!output.dir) return fs::absolute(io::expand_home(output.root));
  return fs::absolute(io::expand_home(*output.dir) / "").parent_path().parent_path();
}

void write_resolved(const fs::path& folder, const Experiment& experiment) {
  Experiment single = experiment;
  single.seeds = 1;
  single.seeds_vary = SeedsVary::training;
  single.output.root = output_root(single.output).string();
  single.output.dir.reset();  // a repetition gets a folder of its own
  write_json(folder / resolved_file, to_json(single));
}

void write_setup(const fs::path& folder, Device device, const Experiment& experiment,
                 const Task& task, std::span<const std::string> command_line) {
  Experiment here = experiment;
  here.data = with_path(here.data, absolute_source(task.source()));
  write_resolved(folder, here);
  if (!fs::exists(folder / "environment.json")) {
    Json environment = system::environment(command_line);
    environment.set("device", std::string(device_name(device)));
    if (const auto& start = models::weights_of(experiment.model)) {
      environment.set("initial_weights", file_json(*start));
    }
    write_json(folder / "environment.json", environment);
  }
  write_json(folder / "data.json", data_json(task));
  write_files(folder, task.setup_files());
}

fs::path snapshot_file(int epoch) {
  return fs::path("snapshots") / fmt::format("epoch-{}.safetensors", epoch);
}

void write_files(const fs::path& folder, const std::vector<NamedFile>& files) {
  for (const auto& [name, text] : files) io::write_file_atomically(folder / name, text);
}

void write_result(const fs::path& folder, const Experiment& experiment, const Outcome& outcome) {
  const Json evaluate = to_json(experiment.evaluate);
  Json protocol = Json::object({{"split_seed", split_seed(experiment.data)}});
  for (const std::string_view key : kind_of(experiment.evaluate).protocol()) {
    protocol.set(key, evaluate.at(key));
  }
  protocol.set("epoch_chosen_on", "validation");
  Json result = to_json(outcome);
  result.set("protocol", protocol);
  result.set("looks_at_test", looks_before(folder) + (outcome.test ? 1 : 0));
  write_json(folder / result_file, result);
}

void note_evaluation(const fs::path& folder, const TestScores& scores) {
  const Json line = Json::object(
      {{"time", system::utc_time(std::chrono::system_clock::now())}, {"test", to_json(scores)}});
  io::AppendFile(folder / evaluations_file).append(config::dump(line, 0) + '\n', "an evaluation");
}

std::int64_t all_looks(const fs::path& folder) {
  std::int64_t looks = looks_before(folder);
  std::ifstream lines(folder / evaluations_file);
  for (std::string line; std::getline(lines, line);) ++looks;
  return looks;
}

std::string times_seen(std::int64_t looks) {
  if (looks == 0) return "never seen";
  return looks == 1 ? "seen once" : fmt::format("seen {} times", looks);
}

std::string metrics_line(const EpochReport& report) {
  Json line = Json::object({{"epoch", report.epoch}});
  const auto put = [&line](const std::string& key, const Json& value) {
    if (line.find(key) != nullptr) {
      throw std::logic_error("a term of the loss needs another name, '" + key + "' is taken");
    }
    line.set(key, value);
  };
  const auto put_scores = [&](std::string_view of, const std::vector<Score>& scores) {
    for (const Score& score : scores) put(score_key(of, *score.metric), score.value);
  };
  if (!report.phase.empty()) put("phase", report.phase);
  for (const NamedLoss& term : report.losses) put(term.name, term.value);
  Json weights = Json::object();
  for (const NamedLoss& term : report.losses) {
    if (term.weight != 1) weights.set(term.name, term.weight);
  }
  if (!weights.as_object().empty()) put("weights", weights);
  put("penalty", report.penalty);
  put_scores("train", report.training);
  put_scores("validation", report.validation);
  put("best", report.best);
  put("rate", report.rate);
  put("seconds", report.seconds);
  return config::dump(line, 0);
}

std::optional<StoredData> stored_data(const fs::path& folder) {
  if (!fs::exists(folder / "data.json")) return std::nullopt;
  return read_stored(folder / "data.json", stored_data_of);
}

void check_data(const fs::path& folder, const StoredData& stored, const Task& task) {
  if (task.checksum() == stored.checksum) return;
  throw DataError(fmt::format(
      "{}: not the {} that {} was trained on (checksum {}, not {}): name the file it had "
      "with --data, for resume in data.path",
      task.source(), task.kind().cases(), folder.string(), task.checksum(), stored.checksum));
}

std::optional<StoredRun> stored_run(const fs::path& folder) {
  if (!fs::exists(folder / result_file)) return std::nullopt;
  return read_run(folder);
}

std::vector<fs::path> run_folders(const fs::path& path) {
  if (!fs::is_directory(path)) throw IoError(path.string() + ": no run folder");
  std::vector<fs::path> folders;
  if (fs::exists(path / resolved_file)) folders.push_back(path);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_directory() && fs::exists(entry.path() / resolved_file)) {
      folders.push_back(entry.path());
    }
  }
  std::ranges::sort(folders);
  return folders;
}

StoredRuns find_runs(const fs::path& path) {
  StoredRuns found;
  for (const fs::path& folder : run_folders(path)) {
    if (fs::exists(folder / result_file) && fs::exists(folder / weights_file)) {
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
