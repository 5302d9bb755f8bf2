#include "experiments/tasks/scores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/error.hpp"

namespace lacuna::experiments {

using config::Json;

Json to_json(const TestScores& scores) {
  Json json = Json::object();
  for (const TestScore& score : scores) json.set(score.form->name, score.value);
  for (const TestScore& score : scores) json.set(score.form->count_name, score.count);
  return json;
}

TestScores read_test_scores(std::span<const ScoreForm> forms, const Json& json) {
  TestScores scores;
  for (const ScoreForm& form : forms) {
    if (form.optional && json.find(form.name) == nullptr) continue;
    scores.push_back({&form, number_at(json, form.name), json.at(form.count_name).as_int64()});
  }
  return scores;
}

bool has(const TestScores& scores, const ScoreForm& form) {
  return std::ranges::find(scores, &form, &TestScore::form) != scores.end();
}

double value_of(const TestScores& scores, const ScoreForm& form) {
  const auto found = std::ranges::find(scores, &form, &TestScore::form);
  return found == scores.end() ? std::numeric_limits<double>::quiet_NaN() : found->value;
}

std::vector<double> paired_differences(const ScoresBySeed& a, const ScoresBySeed& b,
                                       const ScoreForm& form) {
  std::vector<double> differences;
  for (const auto& [seed, scores] : a) {
    const auto same = b.find(seed);
    if (same == b.end()) continue;
    const double difference = value_of(*scores, form) - value_of(*same->second, form);
    if (!std::isnan(difference)) differences.push_back(difference);
  }
  return differences;
}

Json to_json(const metrics::Interval& interval) {
  return Json::object({{"mean", interval.mean},
                       {"half_width_95", interval.half_width},
                       {"std_dev", interval.std_dev}});
}

Json interval_is(const std::string& what) {
  return Json::object({{"of", "mean over " + what}, {"level", 0.95}, {"by", "Student's t"}});
}

std::vector<const ScoreForm*> columns_of(std::span<const ScoreForm> forms) {
  std::vector<const ScoreForm*> columns;
  for (const ScoreForm& form : forms) {
    if (!form.column.empty()) columns.push_back(&form);
  }
  return columns;
}

std::string_view short_name(const ScoreForm& form) {
  const std::string_view name = form.name;
  const std::string_view metric = form.metric->name;
  if (name.size() <= metric.size() + 1 || !name.ends_with(metric)) return name;
  return name.substr(0, name.size() - metric.size() - 1);
}

std::string score_key(std::string_view of, const Metric& metric) {
  return fmt::format("{}_{}", of, metric.name);
}

Score read_score(std::string_view of, const Json& json) {
  for (const Json::Member& member : json.as_object()) {
    const std::string_view key = member.key;
    const std::size_t bar = key.find('_');
    if (bar == std::string_view::npos || key.substr(0, bar) != of) continue;
    const Metric* metric = find_metric(key.substr(bar + 1));
    if (metric != nullptr) return {.metric = metric, .value = number_at(json, key)};
  }
  throw ConfigError(fmt::format("{}: there is no key '{}_...' with a score that is known",
                                config::to_string(json.place()), of));
}

double number_at(const Json& json, std::string_view key) {
  const Json& value = json.at(key);
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.as_double();
}

}  // namespace lacuna::experiments
