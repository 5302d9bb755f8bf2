#include "experiments/experiment_json.hpp"

#include "runtime/config/parse.hpp"
#include "runtime/config/schema.hpp"
#include "runtime/config/write.hpp"

namespace lacuna::experiments {

using config::Json;

Experiment parse_experiment(const Json& json) {
  return config::parse<Experiment>(json);
}

Json to_json(const Experiment& experiment) {
  return config::to_json(experiment);
}

Json to_json(const DataConfig& data) {
  return config::to_json(data);
}

Json to_json(const TrainConfig& train) {
  return config::to_json(train);
}

Json to_json(const EvaluateConfig& evaluate) {
  return config::to_json(evaluate);
}

Json to_json(const PaperValue& value) {
  return config::to_json(value);
}

Json experiment_schema() {
  return config::schema<Experiment>("lacuna experiment");
}

std::string experiment_keys() {
  return config::describe(experiment_schema());
}

}  // namespace lacuna::experiments
