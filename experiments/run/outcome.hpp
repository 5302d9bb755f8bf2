#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/plan.hpp"
#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "runtime/config/json.hpp"
#include "runtime/metrics/table.hpp"
#include "runtime/train/epoch_report.hpp"

namespace lacuna::experiments {

/// One training of one variant with one seed; its best score always says what it is of. `test` is
/// absent where the training was interrupted or failed.
struct Outcome {
  std::string variant;
  std::uint64_t seed = 0;
  TrainResult training = {};
  std::string failure = {};  ///< why it ended early, or empty
  std::optional<TestError> test = {};
};

/// Everything a launch found out.
struct Results {
  std::string name;
  std::vector<RatingTask::Baseline> baselines;
  std::vector<Outcome> outcomes;
};

/// Whether the variants are about different data sets.
bool several_data_sets(const std::vector<Variant>& variants);

/// Whether a run ended in a loss that was not finite.
bool any_failed(const Results& results);

/// Adds what the models on a data set are measured against; named after the variant where there are
/// several data sets. Nothing where the variant may not look at the test ratings.
void add_baselines(Results& results, const RatingTask& task, const Variant& variant,
                   bool several_data);

config::Json to_json(const TestError& error);
config::Json to_json(const Outcome& outcome);

/// "validation 0.8512 at epoch 351, test 0.8600, 12.3 s".
std::string summary(const Outcome& outcome);

/// All outcomes and, for each variant with several seeds, the mean and its 95 % interval.
config::Json to_json(const Results& results);

/// What to_json() wrote, read back; keys that older files lack keep their defaults. ConfigError for
/// JSON of another shape.
Outcome read_outcome(const config::Json& outcome);
std::vector<RatingTask::Baseline> read_baselines(const config::Json& results);

/// "validation_rmse": the key of a score of training or validation data in JSON.
std::string score_key(std::string_view of, const Metric& metric);

/// The score that JSON holds under a key of score_key() with a metric that there is. ConfigError
/// where there is none.
Score read_score(std::string_view of, const config::Json& json);

/// How often the test ratings were looked at for a result.json. Older ones do not say; they looked
/// once where they hold test errors.
std::int64_t looks_at_test(const config::Json& result);

/// A number of an object; NaN, which JSON lacks, is written as null.
double number_at(const config::Json& json, std::string_view key);

/// The final table: baselines, then a line per variant; mean and 95 % interval where there are
/// several seeds. Runs that ended early have lines of their own.
metrics::Table result_table(const Results& results);

/// The same as text.
std::string table(const Results& results);

}  // namespace lacuna::experiments
