#include "experiments/run/outcome.hpp"

namespace lacuna::experiments {

using config::Json;

Json to_json(const Outcome& outcome) {
  const TrainResult& training = outcome.training;
  Json json = Json::object({{"variant", outcome.variant},
                            {"seed", outcome.seed},
                            {"epochs", training.epochs},
                            {"best_epoch", training.best_epoch},
                            {score_key("validation", *training.best.metric), training.best.value},
                            {"interrupted", training.interrupted},
                            {"failure", outcome.failure.empty() ? Json() : Json(outcome.failure)},
                            {"seconds", training.seconds},
                            {"test", outcome.test ? to_json(*outcome.test) : Json()}});
  if (!outcome.failure.empty()) {
    json.set("failure_code", static_cast<int>(outcome.failure_code));
    if (outcome.steps > 0) json.set("steps", outcome.steps);
  }
  if (!outcome.details.empty()) {
    Json details = Json::object();
    for (const auto& [name, value] : outcome.details) details.set(name, value);
    json.set("details", std::move(details));
  }
  if (outcome.remarks.empty()) return json;
  Json remarks = Json::array();
  for (const std::string& remark : outcome.remarks) remarks.push_back(remark);
  return json.set("remarks", std::move(remarks));
}

Outcome read_outcome(const Json& outcome, std::span<const ScoreForm> tested) {
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
  if (failure != nullptr && !failure->is_null()) {
    const Json* code = outcome.find("failure_code");  // older files know one kind of failure
    read.failure = failure->as_string();
    if (const Json* steps = outcome.find("steps")) read.steps = steps->as_int64();
    read.failure_code =
        code == nullptr ? ExitCode::non_finite : static_cast<ExitCode>(code->as_int64());
  }
  const Json& test = outcome.at("test");
  if (!test.is_null()) read.test = read_test_scores(tested, test);
  if (const Json* details = outcome.find("details")) {
    for (const Json::Member& detail : details->as_object()) {
      read.details.emplace_back(detail.key, number_at(*details, detail.key));
    }
  }
  if (const Json* remarks = outcome.find("remarks")) {
    for (const Json& remark : remarks->as_array()) read.remarks.push_back(remark.as_string());
  }
  return read;
}

std::vector<Baseline> read_baselines(const Json& results, std::span<const ScoreForm> tested) {
  std::vector<Baseline> baselines;
  for (const Json::Member& member : results.at("baselines").as_object()) {
    baselines.push_back({member.key, read_test_scores(tested, member.value)});
  }
  return baselines;
}

std::int64_t looks_at_test(const Json& result) {
  if (const Json* looks = result.find("looks_at_test")) return looks->as_int64();
  return result.at("test").is_null() ? 0 : 1;
}

}  // namespace lacuna::experiments
