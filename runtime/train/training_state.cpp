#include "runtime/train/training_state.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"
#include "runtime/metrics/score.hpp"

namespace lacuna {

using config::Json;

config::Json to_json(const TrainingState& state) {
  return config::to_json(state);
}

void TrainingState::check() const {
  if (!metric.empty() && find_metric(metric) == nullptr) {
    throw std::invalid_argument("metric: '" + metric + "' is none");
  }
}

TrainingState read_training_state(const Json& json) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> renamed{
      {{"best_validation_rmse", "best_validation"}, {"best_raw_rmse", "best_watched"}}};
  if (!json.is_object()) return config::parse<TrainingState>(json);
  Json now = Json::object();
  for (const Json::Member& member : json.as_object()) {
    std::string_view key = member.key;
    for (const auto& [before, after] : renamed) {
      if (key != before) continue;
      key = after;
      if (!member.value.is_null()) now.set("metric", metric::rmse.name);
    }
    if (key == "loss_sum") {
      now.set("losses", Json::object({{"loss", Json::object({{"sum", member.value}})}}));
    } else {
      now.set(key, member.value);
    }
  }
  return config::parse<TrainingState>(now);
}

}  // namespace lacuna
