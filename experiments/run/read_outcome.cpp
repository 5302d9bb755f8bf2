#include <fmt/format.h>

#include <limits>

#include "experiments/run/outcome.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

TestError read_test_error(const Json& json) {
  return {.rmse = number_at(json, "rmse"),
          .mae = number_at(json, "mae"),
          .warm_rmse = number_at(json, "warm_rmse"),
          .pairs = json.at("pairs").as_int64(),
          .warm_pairs = json.at("warm_pairs").as_int64()};
}

}  // namespace

double number_at(const Json& json, std::string_view key) {
  const Json& value = json.at(key);
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.as_double();
}

Score read_score(std::string_view of, const Json& json) {
  for (const Json::Member& member : json.as_object()) {
    const std::size_t bar = member.key.find('_');
    if (bar == std::string::npos || member.key.substr(0, bar) != of) continue;
    const Metric* metric = find_metric(std::string_view(member.key).substr(bar + 1));
    if (metric != nullptr) return {.metric = metric, .value = number_at(json, member.key)};
  }
  throw ConfigError(fmt::format("{}: there is no key '{}_' with a score that is known",
                                config::to_string(json.place()), of));
}

Outcome read_outcome(const Json& outcome) {
  Outcome read{.variant = outcome.at("variant").as_string(),
               .seed = outcome.at("seed").as_uint64(),
               .training = {},
               .failure = {},
               .test = {}};
  read.training.epochs = static_cast<int>(outcome.at("epochs").as_int64());
  read.training.best_epoch = static_cast<int>(outcome.at("best_epoch").as_int64());
  read.training.best = read_score("validation", outcome);
  read.training.interrupted = outcome.at("interrupted").as_bool();
  read.training.seconds = outcome.at("seconds").as_double();
  const Json* failure = outcome.find("failure");
  if (failure != nullptr && !failure->is_null()) read.failure = failure->as_string();
  const Json& test = outcome.at("test");
  if (!test.is_null()) read.test = read_test_error(test);
  return read;
}

std::vector<RatingTask::Baseline> read_baselines(const Json& results) {
  std::vector<RatingTask::Baseline> baselines;
  for (const Json::Member& member : results.at("baselines").as_object()) {
    baselines.push_back({member.key, read_test_error(member.value)});
  }
  return baselines;
}

std::int64_t looks_at_test(const Json& result) {
  if (const Json* looks = result.find("looks_at_test")) return looks->as_int64();
  return result.at("test").is_null() ? 0 : 1;
}

}  // namespace lacuna::experiments
