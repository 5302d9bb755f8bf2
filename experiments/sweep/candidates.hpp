#pragma once

#include "experiments/plan.hpp"
#include "experiments/run/outcome.hpp"
#include "experiments/sweep_sets.hpp"

/// What `lacuna sweep` tries and how it chooses.
namespace lacuna::experiments {

/// One variant with one set of changes.
struct Candidate {
  std::string arm;  ///< the variant's name
  Changes changes;
  Variant variant;  ///< of the search, where the test data are not looked at
};

/// Each variant with each set of the plan's sweep, arm by arm. Throws ConfigError where the plan
/// has no sweep or a change does not fit.
std::vector<Candidate> candidates_of(const Plan& plan);

/// The launch that tries them.
Plan search_plan(const Plan& plan, const std::vector<Candidate>& candidates);

/// The set of changes chosen for a variant.
struct Choice {
  std::string arm;
  Changes changes;
  Score validation = {};  ///< mean over the search's seeds
};

/// For each arm the set of the best mean validation score, the first of equals; sets with a run
/// that failed are out. Throws NonFiniteError where none is left.
std::vector<Choice> choose(const std::vector<Candidate>& candidates,
                           const std::vector<Outcome>& outcomes);

/// The launch that trains and tests each variant with what was chosen for it, with every seed.
Plan test_plan(const Plan& plan, const std::vector<Choice>& choices);

/// At least one.
config::Json to_json(const std::vector<Choice>& choices);
/// Throws ConfigError where it is not what to_json() writes.
std::vector<Choice> choices_of(const config::Json& json);

}  // namespace lacuna::experiments
