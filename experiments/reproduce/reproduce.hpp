#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/plan.hpp"
#include "experiments/run/launch_options.hpp"
#include "experiments/tasks/scores.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/metrics/table.hpp"

/// A paper's table once more: every shipped experiment whose `paper` names it.
namespace lacuna::experiments {

struct Reproduction {
  std::string table;                   ///< as in PaperConfig
  std::string filter = {};             ///< regular expression on the experiments' names
  std::vector<std::string> overrides;  ///< for all of them
  /// <folder>/<table>/<experiment>, resumed where it exists; of several tables that an experiment
  /// repeats cells of, the first
  std::filesystem::path folder;
  int jobs = 1;
  bool train = true;  ///< false: only what has been run is shown
};

/// A test score over the seeds.
struct Scored {
  const ScoreForm* form;
  metrics::Interval value;
};

/// A cell of the paper beside ours.
struct ReproducedCell {
  std::string row;
  std::string variant;
  std::optional<PaperValue> paper;  ///< nothing for an arm of ours that no paper has
  std::vector<Scored> ours;         ///< the task's test scores that have a column
  /// The first score of the row's first arm minus this one's, seed by seed; n = 0 for the first
  /// itself, and where their data or evaluation differ.
  metrics::Interval difference;
  std::string settings;  ///< what validation chose
  std::string status;    ///< why there is no value, or part of the runs only; or empty
  std::string means;     ///< the experiment's description
};

/// "better", "equal" or "worse": equal where the difference is within both intervals together (the
/// root of the sum of their squares); "-" unless all runs are there, and several.
std::string verdict(const ReproducedCell& cell);

struct ReproductionReport {
  std::string table;
  std::vector<ReproducedCell> cells;
  bool interrupted = false;
  bool failed = false;  ///< a loss was not finite
};

/// Runs what the data at hand allow, and goes on with what was interrupted. Throws ConfigError for
/// a table that no experiment names, a filter that leaves none, and runs of other settings.
ReproductionReport reproduce(const Reproduction& what, const LaunchOptions& options);

metrics::Table table_of(const ReproductionReport& report);
/// What each row's experiment does, a Markdown list.
std::string means_of(const ReproductionReport& report);
config::Json to_json(const ReproductionReport& report);

/// The tables and their experiments, a line each.
std::string list_tables();

}  // namespace lacuna::experiments
