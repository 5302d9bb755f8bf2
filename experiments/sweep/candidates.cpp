#include "experiments/sweep/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/error.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

/// A folder's name has at most 255 bytes.
std::string name_of(const std::string& arm, const Changes& changes, std::size_t number) {
  constexpr std::size_t longest = 120;
  std::string set = text(changes);
  if (set.size() > longest) set = fmt::format("set {}", number + 1);
  return arm.empty() ? set : arm + ", " + set;
}

Variant searched(std::string name, const Experiment& experiment, const Changes& changes) {
  Variant variant{.name = std::move(name), .experiment = changed(experiment, changes)};
  variant.experiment.evaluate = without_test(std::move(variant.experiment.evaluate));
  variant.experiment.output.checkpoint.at_end = false;
  return variant;
}

/// NaN where a run failed.
Score mean_validation(const std::string& variant, const std::vector<Outcome>& outcomes) {
  Score mean{.metric = nullptr, .value = 0, .count = 0};
  for (const Outcome& outcome : outcomes) {
    if (outcome.variant != variant) continue;
    const Score& best = outcome.training.best;
    mean.metric = best.metric;
    mean.value += outcome.failure.empty() ? best.value : std::numeric_limits<double>::quiet_NaN();
    ++mean.count;
  }
  mean.value /= static_cast<double>(mean.count);
  return mean;
}

NothingTrained nothing_trained(const std::vector<Outcome>& outcomes) {
  const auto first = std::ranges::find_if(
      outcomes, [](const Outcome& outcome) { return !outcome.failure.empty(); });
  if (first == outcomes.end()) {
    return {ExitCode::non_finite, "sweep: no set has a validation score"};
  }
  return {first->failure_code, fmt::format("sweep: no set could be trained; the first, {}: {}",
                                           first->variant, first->failure)};
}

}  // namespace

Candidate candidate_of(const std::string& arm, const Experiment& experiment, const Changes& changes,
                       std::size_t number) {
  return {arm, changes, searched(name_of(arm, changes, number), experiment, changes)};
}

std::vector<Candidate> candidates_of(const Plan& plan) {
  std::vector<Candidate> candidates;
  for (const auto& [arm, experiment] : plan.variants) {
    if (!experiment.sweep) {
      throw ConfigError("sweep: the experiment has none: say in it what is to be tried");
    }
    check_sweep(experiment);
    const std::vector<Changes> sets = sets_of(*experiment.sweep);
    for (std::size_t i = 0; i < sets.size(); ++i) {
      candidates.push_back(candidate_of(arm, experiment, sets[i], i));
    }
  }
  return candidates;
}

Plan search_plan(const Plan& plan, const std::vector<Candidate>& candidates) {
  Plan search = plan;
  search.variants.clear();
  for (const Candidate& candidate : candidates) search.variants.push_back(candidate.variant);
  const auto seeds = static_cast<std::size_t>(plan.variants.front().experiment.sweep->search_seeds);
  search.seeds.resize(std::min(seeds, search.seeds.size()));
  check_names(search.variants);
  return search;
}

std::vector<Choice> choose(const std::vector<Candidate>& candidates,
                           const std::vector<Outcome>& outcomes) {
  std::vector<Choice> choices;
  for (const Candidate& candidate : candidates) {
    const Score mean = mean_validation(candidate.variant.name, outcomes);
    auto found = std::ranges::find(choices, candidate.arm, &Choice::arm);
    if (found == choices.end()) {
      choices.push_back({candidate.arm, candidate.changes, mean});
    } else if (mean.metric != nullptr &&
               is_better(*mean.metric, mean.value, found->validation.value)) {
      *found = {candidate.arm, candidate.changes, mean};
    }
  }
  std::erase_if(choices, [](const Choice& choice) { return std::isnan(choice.validation.value); });
  if (choices.empty()) throw nothing_trained(outcomes);
  return choices;
}

Plan test_plan(const Plan& plan, const std::vector<Choice>& choices) {
  std::vector<Variant> chosen;
  for (const Variant& variant : plan.variants) {
    const auto found = std::ranges::find(choices, variant.name, &Choice::arm);
    if (found == choices.end()) continue;
    chosen.push_back({variant.name, changed(variant.experiment, found->changes)});
  }
  Plan test = plan;
  test.variants = std::move(chosen);
  return test;
}

Json to_json(const std::vector<Choice>& choices) {
  const std::string chosen_by = score_key("validation", *choices.front().validation.metric);
  Json list = Json::array();
  for (const Choice& choice : choices) {
    Json changes = Json::object();
    for (const auto& [key, value] : choice.changes) changes.set(key, value);
    list.push_back(Json::object(
        {{"variant", choice.arm}, {"changes", changes}, {chosen_by, choice.validation.value}}));
  }
  return Json::object({{"chosen_by", chosen_by}, {"choices", list}});
}

std::vector<Choice> choices_of(const Json& json) {
  std::vector<Choice> choices;
  for (const Json& listed : json.at("choices").as_array()) {
    Choice choice{.arm = listed.at("variant").as_string(),
                  .changes = {},
                  .validation = read_score("validation", listed)};
    for (const Json::Member& change : listed.at("changes").as_object()) {
      choice.changes[change.key] = change.value;
    }
    choices.push_back(std::move(choice));
  }
  return choices;
}

}  // namespace lacuna::experiments
