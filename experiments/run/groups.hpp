#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "experiments/experiment.hpp"
#include "experiments/run/outcome.hpp"
#include "runtime/metrics/statistics.hpp"

namespace lacuna::experiments {

/// The tested outcomes of one variant.
struct Group {
  std::string variant;
  std::vector<const Outcome*> outcomes = {};

  template <std::invocable<const Outcome&> Value>
  metrics::Interval over_seeds(Value value) const {
    std::vector<double> values;
    std::ranges::transform(outcomes, std::back_inserter(values),
                           [&](const Outcome* outcome) { return value(*outcome); });
    return metrics::mean_interval(values);
  }
  metrics::Interval over_seeds(const ScoreForm& form) const {
    return over_seeds([&](const Outcome& outcome) { return value_of(*outcome.test, form); });
  }
  ScoresBySeed scores() const;
};

/// In the order of the outcomes.
std::vector<Group> groups_of(const Results& results);

/// The scores that have a column in tables of these results: not those that no run has.
std::vector<const ScoreForm*> columns_of(const Results& results);

/// What intervals over so many runs are over: "5 trainings on one split".
std::string runs_text(std::size_t runs, SeedsVary varied, bool split_by_seed);
/// What stands below a table of such intervals, each kind once.
std::vector<std::string> interval_notes(const std::vector<std::string>& kinds);

/// The runs_text() of a group; "5 runs" where what they were drawn by is not known.
std::string what_varies(const Results& results, const Group& group);

/// Those of the groups with several outcomes.
std::vector<std::string> interval_notes(const Results& results);

/// One variant's scores minus another's, run by run.
struct Difference {
  std::string first;
  std::string other;
  std::vector<std::pair<const ScoreForm*, metrics::Interval>> scores;  ///< those with a column
  std::int64_t runs = 0;  ///< that both have, tested on the same data in the same way
  std::string of;         ///< as what_varies() says
};

/// Over the seeds that both groups have, where the test was the same; `runs` is 0 where there are
/// none.
Difference difference(const Results& results, const Group& first, const Group& other);

/// The first variant minus each of the others that share runs with it.
std::vector<Difference> differences_to_first(const Results& results);

}  // namespace lacuna::experiments
