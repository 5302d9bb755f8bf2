#pragma once

#include <filesystem>
#include <span>

#include "experiments/plan.hpp"
#include "experiments/run/outcome.hpp"
#include "experiments/tasks/task.hpp"

/// The files of one run folder, <launch>/<variant>/seed-<seed>.
namespace lacuna::experiments {

inline constexpr std::string_view weights_file = "weights.safetensors";
inline constexpr std::string_view result_file = "result.json";
inline constexpr std::string_view resolved_file = "resolved.json";
inline constexpr std::string_view evaluations_file = "evaluations.jsonl";
inline constexpr std::string_view metrics_file = "metrics.jsonl";
inline constexpr std::string_view checkpoints_folder = "checkpoints";

/// The weights after so many epochs, kept for tasks that draw pictures of them, and the initial
/// ones where they came from a file. Relative to the run's folder.
std::filesystem::path snapshot_file(int epoch);
/// How many of the first epochs leave one, and the initial weights.
inline constexpr int last_snapshot = 1;

/// The folder that the launch's own stands in, absolute.
std::filesystem::path output_root(const OutputConfig& output);

/// Writes what is known before training: resolved.json, environment.json, data.json and the task's
/// own files. environment.json stays as it is where the run was begun before: it tells of the
/// beginning.
void write_setup(const std::filesystem::path& folder, Device device, const Experiment& experiment,
                 const Task& task, std::span<const std::string> command_line);

/// Writes resolved.json alone: the experiment as it can be trained again.
void write_resolved(const std::filesystem::path& folder, const Experiment& experiment);

void write_files(const std::filesystem::path& folder, const std::vector<NamedFile>& files);

/// Writes result.json: the outcome, and the protocol it was reached by.
void write_result(const std::filesystem::path& folder, const Experiment& experiment,
                  const Outcome& outcome);

/// Notes that the test data of the run in `folder` were looked at again: a line of
/// evaluations.jsonl. Throws IoError.
void note_evaluation(const std::filesystem::path& folder, const TestScores& scores);

/// How often the test data of the run in `folder` were looked at, trainings and evaluations
/// together. Throws IoError, ConfigError where its result.json is damaged.
std::int64_t all_looks(const std::filesystem::path& folder);

/// "seen once", of the test data that were looked at so often.
std::string times_seen(std::int64_t looks);

/// A line of metrics.jsonl.
std::string metrics_line(const EpochReport& report);

/// The data that a run was begun on.
struct StoredData {
  std::string source;    ///< the file's absolute path, or "synthetic"
  std::string checksum;  ///< of the data
};

/// Nothing where the folder holds no data.json. Throws IoError where it is damaged.
std::optional<StoredData> stored_data(const std::filesystem::path& folder);

/// Throws DataError unless `task` is made of the data that `folder` belongs to.
void check_data(const std::filesystem::path& folder, const StoredData& stored, const Task& task);

/// The lines of a metrics.jsonl; none where there is no such file. Half a line at its end, still
/// being written, is left out. IoError that names the line for others that are no metrics.
std::vector<EpochReport> read_metrics(const std::filesystem::path& file);

/// A run that has a result, finished or not, read back. `data` is empty where it failed before its
/// data were read.
struct StoredRun {
  std::filesystem::path folder;
  Variant variant;
  StoredData data;
  Outcome outcome;
};

/// The run in `folder`, or nothing where it has no result.json. Throws IoError where a file of it
/// is damaged.
std::optional<StoredRun> stored_run(const std::filesystem::path& folder);

/// The run folders at or below `path`, by name, finished or not: those with resolved.json. IoError
/// where `path` is no folder.
std::vector<std::filesystem::path> run_folders(const std::filesystem::path& path);

/// What is found at or below a path, in order of the folders' names.
struct StoredRuns {
  std::vector<StoredRun> runs;
  std::vector<std::filesystem::path>
      unfinished;  ///< folders without a result or weights: killed, or failed in the first epoch
};

/// Throws IoError where there is no run with a result and weights, or one is damaged.
StoredRuns find_runs(const std::filesystem::path& path);

}  // namespace lacuna::experiments
