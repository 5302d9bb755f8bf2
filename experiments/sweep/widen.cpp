#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "experiments/sweep/candidates.hpp"

namespace lacuna::experiments {

namespace {

/// The numbers that were tried of a key, positive ones only.
std::set<double> tried_of(const std::string& key, const std::string& arm,
                          const std::vector<Candidate>& tried) {
  std::set<double> values;
  for (const Candidate& candidate : tried) {
    const auto found = candidate.changes.find(key);
    if (candidate.arm != arm || found == candidate.changes.end()) continue;
    if (found->second.is_number() && found->second.as_double() > 0) {
      values.insert(found->second.as_double());
    }
  }
  return values;
}

/// The next number beyond the edge that `chosen` lies at, six digits of it; nothing inside.
std::optional<double> beyond(double chosen, const std::set<double>& values) {
  if (values.size() < 2) return std::nullopt;
  const auto rounded = [](double value) { return std::stod(fmt::format("{:.6g}", value)); };
  const double least = *values.begin(), largest = *values.rbegin();
  if (chosen == least) return rounded(least * (least / *std::next(values.begin())));
  if (chosen == largest) return rounded(largest * (largest / *std::next(values.rbegin())));
  return std::nullopt;
}

}  // namespace

std::vector<Candidate> widened(const Plan& plan, const std::vector<Candidate>& tried,
                               const std::vector<Choice>& choices) {
  std::vector<Candidate> more;
  for (const auto& [arm, experiment] : plan.variants) {
    const auto choice = std::ranges::find(choices, arm, &Choice::arm);
    if (choice == choices.end()) continue;
    for (const auto& [key, listed] : experiment.sweep->grid) {
      const std::set<double> values = tried_of(key, arm, tried);
      const auto chosen = choice->changes.find(key);
      const std::size_t most = listed.size() + static_cast<std::size_t>(experiment.sweep->widen);
      if (chosen == choice->changes.end() || !chosen->second.is_number()) continue;
      if (values.size() >= most) continue;
      const auto next = beyond(chosen->second.as_double(), values);
      if (!next) continue;
      Changes changes = choice->changes;
      changes[key] = *next;
      more.push_back(candidate_of(arm, experiment, changes, tried.size() + more.size()));
    }
  }
  return more;
}

std::vector<std::string> at_edge(const Search& search) {
  std::vector<std::string> arms;
  for (const Choice& choice : search.choices) {
    const bool edge = std::ranges::any_of(choice.changes, [&](const auto& change) {
      const auto& [key, value] = change;
      return value.is_number() &&
             beyond(value.as_double(), tried_of(key, choice.arm, search.candidates));
    });
    if (edge) arms.push_back(choice.arm);
  }
  return arms;
}

std::optional<Search> search(
    const Plan& plan,
    const std::function<std::optional<std::vector<Outcome>>(const Plan&, int)>& launch) {
  Search found;
  std::vector<Candidate> next = candidates_of(plan);
  for (int round = 1; !next.empty(); ++round) {
    const auto outcomes = launch(search_plan(plan, next), round);
    if (!outcomes) return std::nullopt;
    found.outcomes.insert(found.outcomes.end(), outcomes->begin(), outcomes->end());
    found.candidates.insert(found.candidates.end(), next.begin(), next.end());
    found.choices = choose(found.candidates, found.outcomes);
    next = widened(plan, found.candidates, found.choices);
  }
  return found;
}

}  // namespace lacuna::experiments
