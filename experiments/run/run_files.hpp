#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "experiments/run/outcome.hpp"

/// The files of one run folder, <launch>/<variant>/seed-<seed>.
namespace lacuna::experiments {

inline constexpr std::string_view weights_file = "weights.safetensors";
inline constexpr std::string_view metrics_file = "metrics.jsonl";

/// Writes what is known before training: resolved.json, environment.json, data.json, users.csv,
/// items.csv.
void write_setup(const std::filesystem::path& folder, const Variant& variant, std::uint64_t seed,
                 const RatingTask& task, std::span<const std::string> command_line);

void write_result(const std::filesystem::path& folder, const Outcome& outcome);

/// A line of metrics.jsonl.
std::string metrics_line(const EpochReport& report);

/// A finished run, read back.
struct StoredRun {
  std::filesystem::path folder;
  Variant variant;
  std::uint64_t seed = 0;
  std::string source;    ///< the ratings file's absolute path, or "synthetic"
  std::string checksum;  ///< of the ratings it was trained on
  TrainResult training;
};

/// The run folders at or below `path`, in order of their names. Throws IoError where there is none,
/// or one is damaged.
std::vector<StoredRun> find_runs(const std::filesystem::path& path);

}  // namespace lacuna::experiments
