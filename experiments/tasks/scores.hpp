#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/config/json.hpp"
#include "runtime/metrics/score.hpp"
#include "runtime/metrics/statistics.hpp"

/// Scores on test data, as a task lists them.
namespace lacuna::experiments {

/// How a score is named and shown.
struct ScoreForm {
  std::string_view name;  ///< in JSON: "warm_rmse"
  const Metric* metric;
  std::string_view count_name;   ///< in JSON, of how many cases it is over: "warm_pairs"
  std::string_view column = {};  ///< in the results' table; empty: it has none there
  std::string_view cases = {};   ///< what it is over, for people, where there is more than one kind
  bool optional = false;         ///< only runs that ask for it have it
};

struct TestScore {
  const ScoreForm* form;
  double value;
  std::int64_t count;
};
using TestScores =
    std::vector<TestScore>;  ///< in the task's order; the first is the one that counts

/// Numbers by their names that a run leaves beside its scores, as figures need them.
using Details = std::vector<std::pair<std::string, double>>;

/// Something that needs no training, which models are measured against.
struct Baseline {
  std::string name;
  TestScores scores;
};

/// The scores by their names, then how many cases they are over.
config::Json to_json(const TestScores& scores);
/// What to_json() wrote; optional scores may be missing. Throws ConfigError for JSON of another
/// shape.
TestScores read_test_scores(std::span<const ScoreForm> forms, const config::Json& json);

bool has(const TestScores& scores, const ScoreForm& form);
/// NaN where it is not among them.
double value_of(const TestScores& scores, const ScoreForm& form);

using ScoresBySeed = std::map<std::uint64_t, const TestScores*>;
/// a's value minus b's, for each seed at which both have the score.
std::vector<double> paired_differences(const ScoresBySeed& a, const ScoresBySeed& b,
                                       const ScoreForm& form);

/// Mean, half_width_95 and std_dev.
config::Json to_json(const metrics::Interval& interval);
/// How such half widths were formed: a mean over `what`, by Student's t.
config::Json interval_is(const std::string& what);

/// Those that have a column.
std::vector<const ScoreForm*> columns_of(std::span<const ScoreForm> forms);

/// "warm" of "warm_rmse", else the whole name.
std::string_view short_name(const ScoreForm& form);

/// "validation_rmse": the key of a score of training or validation data in JSON.
std::string score_key(std::string_view of, const Metric& metric);
/// The score that JSON holds under a key of score_key() with a metric that there is. ConfigError
/// where there is none.
Score read_score(std::string_view of, const config::Json& json);

/// A number of an object; NaN, which JSON lacks, is written as null.
double number_at(const config::Json& json, std::string_view key);

}  // namespace lacuna::experiments
