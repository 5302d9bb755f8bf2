#pragma once

#include <filesystem>
#include <optional>

#include "experiments/run/launch_options.hpp"
#include "experiments/sweep/candidates.hpp"

/// The files of a sweep's folder beside its two launches.
namespace lacuna::experiments {

inline constexpr std::string_view sweep_file = "sweep.json";

/// Creates the folder that the plan asks for, and sweep.json in it. Throws ConfigError, IoError.
std::filesystem::path create_sweep_folder(const Plan& plan);

struct StoredSweep {
  std::filesystem::path folder;
  Plan plan;
};

/// The sweep that `folder` belongs to, or nothing. `overrides` may say where its data, device
/// and threads are now. Throws IoError where sweep.json is damaged, ConfigError for other
/// overrides.
std::optional<StoredSweep> find_sweep(const std::filesystem::path& folder,
                                      const std::vector<std::string>& overrides);

/// What choice.json says, which is written with `choices` where it is missing: once the test
/// data may have been looked at, no other choice is made. Throws IoError where it is damaged.
std::vector<Choice> frozen_choices(const std::filesystem::path& folder,
                                   const std::vector<Choice>& choices);

/// What has been chosen in a sweep's folder, nothing where there is no choice.json. Throws IoError.
std::vector<Choice> stored_choices(const std::filesystem::path& folder);

/// sweep.csv: a line per run of the search and of the test, with all that was changed.
void write_sweep_table(const std::filesystem::path& folder,
                       const std::vector<Candidate>& candidates, const Results& searched,
                       const std::vector<Choice>& choices, const Results& test);

/// search.png: the validation score of each set, a line per variant. Says so where there is no
/// gnuplot.
void draw_search(const std::filesystem::path& folder, const std::vector<Candidate>& candidates,
                 const Results& searched, const LaunchOptions& options);

}  // namespace lacuna::experiments
