#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "experiments/plan.hpp"
#include "experiments/run/launch_options.hpp"
#include "experiments/run/outcome.hpp"
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
  /// Of the ledgers (ledger.hpp): a run that has a line there is not trained again.
  std::filesystem::path results;
  int jobs = 1;
  bool quick = false;      ///< the smaller experiments, in place of the others
  bool train = true;       ///< false: only what has a line is shown
  std::string first = {};  ///< the arm that leads the rows that have it; empty: as the files say
};

/// A test score over the seeds.
struct Scored {
  const ScoreForm* form;
  metrics::Interval value;
};

using RunsBySeed = std::map<std::uint64_t, Outcome>;
/// Of the tested ones.
ScoresBySeed scores_of(const RunsBySeed& runs);

/// A cell of the paper beside ours.
struct ReproducedCell {
  std::string row;
  std::string variant;
  std::optional<PaperValue> paper;  ///< nothing for an arm of ours that no paper has
  int paper_runs = 0;               ///< that its value is a mean of; 0: not known
  PaperInterval paper_interval = PaperInterval::mean;  ///< what its interval is of
  std::vector<Scored> ours;  ///< the score that the paper has, then the task's that have a column
  /// Of the first score, over as many of the first runs as the paper has; n = 0 where that is not
  /// known.
  metrics::Interval like_paper = {};
  /// The first score of the row's first arm minus this one's, seed by seed; n = 0 for the first
  /// itself, and where their data or evaluation differ.
  metrics::Interval difference;
  std::string settings;    ///< what validation chose, "(edge)" where at the edge of what was tried
  std::string status;      ///< why there is no value, or part of the runs only; or empty
  std::string means;       ///< the experiment's description
  bool trained = true;     ///< false: a baseline
  bool smaller = false;    ///< a quick experiment's: it gets no verdict
  std::int64_t looks = 0;  ///< at the test data, beyond one a run
  RunsBySeed runs = {};
  std::string over = {};              ///< what intervals over them are over, as runs_text()
  std::optional<double> x = {};       ///< where a figure has it
  std::string x_name = {};            ///< the key that it is the value of
  std::optional<double> degree = {};  ///< degree_of_sparsity()
};

/// "better", "equal" or "worse" than the paper: equal where the difference is within the intervals
/// of both means together (the root of the sum of their squares); "-" unless all runs are there,
/// several, and no fewer than the paper's.
std::string verdict(const ReproducedCell& cell);

/// "better", "worse" or "not told apart": the row's first arm against this one, by whether the
/// interval of their paired differences holds 0; "-" as verdict(), and for the first arm.
std::string first_arm_is(const ReproducedCell& cell);

struct ReproductionReport {
  std::string table;
  std::vector<ReproducedCell> cells;
  std::vector<std::string> left_out = {};  ///< rows that no quick experiment repeats
  bool interrupted = false;
  ExitCode failure = ExitCode::ok;  ///< of the first run that failed
};

/// Runs what the data at hand allow, and goes on with what was interrupted. Throws ConfigError for
/// a table that no experiment names, a filter that leaves none, and runs of other settings.
ReproductionReport reproduce(const Reproduction& what, const LaunchOptions& options);

metrics::Table table_of(const ReproductionReport& report);
/// What our intervals in it are over, and how they are formed, for below it.
std::string intervals_of(const ReproductionReport& report);
/// What the first arm of each row is better and worse than, and not told apart from with the
/// difference that would have been, a Markdown list.
std::string comparisons_of(const ReproductionReport& report);
/// What each row's experiment does, a Markdown list.
std::string means_of(const ReproductionReport& report);
config::Json to_json(const ReproductionReport& report);

/// The rows that were left out as not quick, a sentence; or empty.
std::string left_out_of(const ReproductionReport& report);

/// The tables and their experiments, a line each.
std::string list_tables();

}  // namespace lacuna::experiments
