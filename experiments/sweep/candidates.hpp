#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/plan.hpp"
#include "experiments/run/outcome.hpp"
#include "experiments/sweep_sets.hpp"
#include "runtime/error.hpp"

/// What `lacuna sweep` tries and how it chooses.
namespace lacuna::experiments {

/// One variant with one set of changes.
struct Candidate {
  std::string arm;  ///< the variant's name
  Changes changes;
  Variant variant;  ///< of the search, where the test data are not looked at
};

/// The candidate that tries `changes`, the `number`-th of its search.
Candidate candidate_of(const std::string& arm, const Experiment& experiment, const Changes& changes,
                       std::size_t number);

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

/// No set of a sweep could be trained; with the code of the first run's failure.
struct NothingTrained : Error {
  using Error::Error;
};

/// For each arm the set of the best mean validation score, the first of equals; sets with a run
/// that failed are out, and so is an arm that has no other. Throws NothingTrained where none is
/// left.
std::vector<Choice> choose(const std::vector<Candidate>& candidates,
                           const std::vector<Outcome>& outcomes);

/// What is tried next: where a variant's choice is the least or largest number that was tried of a
/// key, the grid goes on there in the ratio of its last two, but by no more than sweep.widen values
/// a key. Empty where nothing is left to try.
std::vector<Candidate> widened(const Plan& plan, const std::vector<Candidate>& tried,
                               const std::vector<Choice>& choices);

/// A search and how it ended.
struct Search {
  std::vector<Candidate> candidates;
  std::vector<Outcome> outcomes;  ///< of all of them
  std::vector<Choice> choices;
};

/// Tries what the plan's sweep lists, and then what widened() adds, until it adds nothing. `launch`
/// gives the outcomes of a launch, the number of which counts from 1, or nothing; then there is no
/// search. Throws as candidates_of() and choose().
std::optional<Search> search(
    const Plan& plan,
    const std::function<std::optional<std::vector<Outcome>>(const Plan&, int)>& launch);

/// The variants whose choice is the least or largest number that was tried of some key: a wider
/// search might choose another.
std::vector<std::string> at_edge(const Search& search);

/// The launch that trains and tests each variant with what was chosen for it, with every seed;
/// those without a choice are left out.
Plan test_plan(const Plan& plan, const std::vector<Choice>& choices);

/// At least one.
config::Json to_json(const std::vector<Choice>& choices);
/// Throws ConfigError where it is not what to_json() writes.
std::vector<Choice> choices_of(const config::Json& json);

}  // namespace lacuna::experiments
