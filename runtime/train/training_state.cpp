#include "runtime/train/training_state.hpp"

#include <array>
#include <utility>

#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"

namespace lacuna {

using config::Json;

config::Json to_json(const TrainingState& state) {
  return config::to_json(state);
}

TrainingState read_training_state(const Json& json) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> renamed{
      {{"best_validation_rmse", "best_score"}, {"best_raw_rmse", "best_watched"}}};
  Json now = Json::object();
  for (const Json::Member& member : json.as_object()) {
    std::string_view key = member.key;
    for (const auto& [before, after] : renamed) {
      if (key != before) continue;
      key = after;
      now.set("metric", "rmse");
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
