#include "experiments/run/groups.hpp"

#include <fmt/format.h>

#include <set>

#include "experiments/report/same_test.hpp"
#include "experiments/run/job.hpp"
#include "experiments/tasks/tasks.hpp"

namespace lacuna::experiments {

namespace {

/// nullptr where it is not known.
const Origin* find_origin(const Results& results, const Outcome& outcome) {
  const auto found = results.origins.find({outcome.variant, outcome.seed});
  return found == results.origins.end() ? nullptr : &found->second;
}

bool same_test(const Results& results, const Outcome& a, const Outcome& b) {
  const Origin* first = find_origin(results, a);
  const Origin* other = find_origin(results, b);
  return first != nullptr && other != nullptr && !first->test.empty() && first->test == other->test;
}

}  // namespace

Origin origin_of(const Experiment& run) {
  std::optional<std::uint64_t> split;
  if (is_split_by_seed(run.data)) split = split_seed(run.data);
  return {run.seed, split, report::test_identity(run)};
}

Results no_results(const Plan& plan) {
  Results results{.task = &kind_of(plan.variants.front().experiment.evaluate), .name = plan.name};
  for (const Job& job : jobs_of(plan, {})) {
    results.origins[{job.variant, job.seed}] = origin_of(job.experiment);
  }
  return results;
}

ScoresBySeed Group::scores() const {
  ScoresBySeed scores;
  for (const Outcome* outcome : outcomes) scores[outcome->seed] = &*outcome->test;
  return scores;
}

std::vector<Group> groups_of(const Results& results) {
  std::vector<Group> groups;
  for (const Outcome& outcome : results.outcomes) {
    if (!outcome.test) continue;
    auto found = std::ranges::find(groups, outcome.variant, &Group::variant);
    if (found == groups.end()) found = groups.insert(groups.end(), {outcome.variant});
    found->outcomes.push_back(&outcome);
  }
  return groups;
}

std::vector<const ScoreForm*> columns_of(const Results& results) {
  std::vector<const ScoreForm*> forms = columns_of(results.task->test_scores());
  std::erase_if(forms, [&](const ScoreForm* form) {
    return form->optional && std::ranges::none_of(results.outcomes, [&](const Outcome& outcome) {
             return outcome.test && has(*outcome.test, *form);
           });
  });
  return forms;
}

std::string runs_text(std::size_t runs, SeedsVary varied, bool split_by_seed) {
  switch (varied) {
    case SeedsVary::training:
      return fmt::format("{} trainings on {}", runs,
                         split_by_seed ? "one split" : "the data's own split");
    case SeedsVary::split:
      return fmt::format("{} splits, trained with one seed", runs);
    case SeedsVary::both:
      break;
  }
  return fmt::format("{} runs, each with a split and a training seed of its own", runs);
}

std::vector<std::string> interval_notes(const std::vector<std::string>& kinds) {
  std::vector<std::string> notes;
  for (const std::string& kind : kinds) {
    const bool one_split = kind.ends_with("on one split");
    const std::string note = fmt::format(
        "+-: 95 % interval by Student's t of the mean over {}{}", kind,
        one_split ? "; what another split would change is not in it (seeds_vary=both)" : "");
    if (std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
  }
  return notes;
}

std::string what_varies(const Results& results, const Group& group) {
  std::set<std::uint64_t> trainings;
  std::set<std::optional<std::uint64_t>> splits;
  for (const Outcome* outcome : group.outcomes) {
    const Origin* origin = find_origin(results, *outcome);
    if (origin == nullptr) return fmt::format("{} runs", group.outcomes.size());
    trainings.insert(origin->training_seed);
    splits.insert(origin->split_seed);
  }
  const SeedsVary varied = splits.size() == 1      ? SeedsVary::training
                           : trainings.size() == 1 ? SeedsVary::split
                                                   : SeedsVary::both;
  return runs_text(group.outcomes.size(), varied, !splits.contains(std::nullopt));
}

std::vector<std::string> interval_notes(const Results& results) {
  std::vector<std::string> kinds;
  for (const Group& group : groups_of(results)) {
    if (group.outcomes.size() > 1) kinds.push_back(what_varies(results, group));
  }
  return interval_notes(kinds);
}

Difference difference(const Results& results, const Group& first, const Group& other) {
  Group ours{first.variant};
  Group others{other.variant};
  for (const Outcome* a : first.outcomes) {
    const auto b = std::ranges::find(other.outcomes, a->seed, &Outcome::seed);
    if (b == other.outcomes.end() || !same_test(results, *a, **b)) continue;
    ours.outcomes.push_back(a);
    others.outcomes.push_back(*b);
  }
  Difference found{.first = first.variant,
                   .other = other.variant,
                   .scores = {},
                   .runs = std::ssize(ours.outcomes),
                   .of = what_varies(results, ours)};
  for (const ScoreForm* form : columns_of(results)) {
    found.scores.emplace_back(
        form, metrics::mean_interval(paired_differences(ours.scores(), others.scores(), *form)));
  }
  return found;
}

std::vector<Difference> differences_to_first(const Results& results) {
  const std::vector<Group> groups = groups_of(results);
  std::vector<Difference> all;
  for (std::size_t i = 1; i < groups.size(); ++i) {
    Difference found = difference(results, groups.front(), groups[i]);
    if (found.runs > 0) all.push_back(std::move(found));
  }
  return all;
}

}  // namespace lacuna::experiments
