#pragma once

#include "experiments/experiment.hpp"

/// Experiments and JSON. The visitors of all config structs are compiled once, behind these.
namespace lacuna::experiments {

/// Throws ConfigError for the first fault.
Experiment parse_experiment(const config::Json& json);

/// Every key written out; parse_experiment() of it gives the same.
config::Json to_json(const Experiment& experiment);

config::Json to_json(const DataConfig& data);
config::Json to_json(const TrainConfig& train);
config::Json to_json(const EvaluateConfig& evaluate);
config::Json to_json(const PaperValue& value);

/// JSON Schema of experiments, and the list of its keys for people.
config::Json experiment_schema();
std::string experiment_keys();

}  // namespace lacuna::experiments
