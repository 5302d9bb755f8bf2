#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/run/outcome.hpp"

namespace lacuna::experiments::report {

/// One run as its folder tells it.
struct RunRecord {
  std::filesystem::path folder;
  const TaskKind* task = nullptr;
  Outcome outcome;
  bool has_result = false;  ///< false: `outcome` holds variant, seed and the epochs so far only
  std::int64_t looks_at_test = 0;
  config::Json resolved;
  config::Json environment;  ///< null where there is no file, as data
  config::Json data;
  std::vector<EpochReport> epochs;
};

/// "finished", or how and where the run ended.
std::string state_of(const RunRecord& run);

/// The runs of one variant, by seed.
struct VariantRecord {
  std::string label;  ///< different from all others of the report
  std::vector<RunRecord> runs;
};

/// A launch's folder, or what of it was asked for.
struct LaunchRecord {
  std::filesystem::path folder;
  std::string name;         ///< of the experiment
  std::string description;  ///< its own, or ""
  const TaskKind* task = nullptr;
  std::vector<Baseline> baselines;
  std::vector<VariantRecord> variants;  ///< in the launch's order
};

/// What is found at or below some paths.
struct FoundLaunches {
  std::vector<LaunchRecord> launches;        ///< in order of the paths; each run once
  std::vector<std::filesystem::path> paths;  ///< those that hold runs
  std::vector<std::string> left_out;         ///< why the others are none of them
};

/// Everything at or below `paths`. A path that is no folder, holds no run or a damaged file is left
/// out; where none is left the first one's fault is thrown as an IoError.
FoundLaunches read_launches(const std::vector<std::filesystem::path>& paths);

/// The path of a file that the first run of a variant has that has it; empty: none has.
std::filesystem::path first_with(const VariantRecord& variant, std::string_view file);

/// All variants, in order.
std::vector<const VariantRecord*> variants_of(const std::vector<LaunchRecord>& launches);

/// The value at "a.b.c" as text, a string without quotes; "" where there is none or null.
std::string text_at(const config::Json& json, std::string_view path);

}  // namespace lacuna::experiments::report
