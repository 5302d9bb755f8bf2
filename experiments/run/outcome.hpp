#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "experiments/tasks/task_kind.hpp"
#include "runtime/config/json.hpp"
#include "runtime/error.hpp"
#include "runtime/metrics/table.hpp"
#include "runtime/train/epoch_report.hpp"

namespace lacuna::experiments {

struct Experiment;
struct Plan;

/// One training of one variant with one seed; its best score always says what it is of. `test` is
/// absent where the training was interrupted or failed.
struct Outcome {
  std::string variant;
  std::uint64_t seed = 0;
  TrainResult training = {};
  std::string failure = {};              ///< why it ended early, or empty
  ExitCode failure_code = ExitCode::ok;  ///< what that ends the program with
  std::int64_t steps = 0;                ///< taken before it; 0: not known
  std::optional<TestScores> test = {};
  std::vector<std::string> remarks = {};  ///< what to know before its scores are believed
  Details details = {};                   ///< of the test
};

/// What a run was drawn by, and what tells its test from others.
struct Origin {
  std::uint64_t training_seed = 0;
  std::optional<std::uint64_t> split_seed = {};  ///< absent: the data come with their split
  std::string test = {};                         ///< as report::test_identity(); empty: not known
};

Origin origin_of(const Experiment& run);

/// Everything a launch found out.
struct Results {
  const TaskKind* task = nullptr;  ///< of all its runs
  std::string name = {};
  std::vector<Baseline> baselines = {};
  std::vector<Outcome> outcomes = {};
  /// By variant and seed, of all outcomes of which it is known: what intervals are over, and which
  /// scores may be subtracted from each other.
  std::map<std::pair<std::string, std::uint64_t>, Origin> origins = {};
  std::vector<Finding> findings = {};  ///< of its pictures
};

/// Those of a launch before its first run.
Results no_results(const Plan& plan);

config::Json to_json(const Outcome& outcome);

/// "validation 0.8512 at epoch 351, test 0.8600, 12.3 s".
std::string summary(const Outcome& outcome);

/// All outcomes; for each variant the mean over its seeds and its 95 % interval; the first variant
/// minus the others, run by run.
config::Json to_json(const Results& results);

/// What to_json() wrote of a task with these test scores, read back; keys that older files lack
/// keep their defaults. ConfigError for JSON of another shape.
Outcome read_outcome(const config::Json& outcome, std::span<const ScoreForm> tested);
std::vector<Baseline> read_baselines(const config::Json& results,
                                     std::span<const ScoreForm> tested);

/// How often the test data were looked at for a result.json. Older ones do not say; they looked
/// once where they hold test scores.
std::int64_t looks_at_test(const config::Json& result);

/// The final table: baselines, then a line per variant; mean and 95 % interval where there are
/// several seeds. Runs that ended early have lines of their own.
metrics::Table result_table(const Results& results);

/// The first variant minus the others, run by run, where two runs and more can be subtracted.
std::optional<metrics::Table> difference_table(const Results& results);

/// Both as text, with what their intervals are over and the runs' remarks below.
std::string table(const Results& results);

}  // namespace lacuna::experiments
