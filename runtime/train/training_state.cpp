#include "runtime/train/training_state.hpp"

#include <stdexcept>

#include "runtime/config/parse.hpp"
#include "runtime/metrics/score.hpp"

namespace lacuna {

using config::Json;

void TrainingState::check() const {
  if (!metric.empty() && find_metric(metric) == nullptr) {
    throw std::invalid_argument("metric: '" + metric + "' is none");
  }
}

TrainingState read_training_state(const Json& state) {
  if (!state.is_object() || state.find("best_validation_rmse") == nullptr) {
    return config::parse<TrainingState>(state);
  }
  Json renamed = Json::object();
  for (const Json::Member& member : state.as_object()) {
    std::string key = member.key;
    if (key == "best_validation_rmse") key = "best_validation";
    if (key == "best_raw_rmse") key = "best_watched";
    renamed.set(key, member.value);
  }
  if (!state.at("best_validation_rmse").is_null()) renamed.set("metric", metric::rmse.name);
  return config::parse<TrainingState>(renamed);
}

}  // namespace lacuna
