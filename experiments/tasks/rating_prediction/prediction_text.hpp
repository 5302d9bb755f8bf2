#pragma once

#include <string>

#include "experiments/tasks/rating_prediction/predict.hpp"
#include "runtime/config/json.hpp"

/// Predictions as they are shown and saved. The user is left out where it is a new one, titles
/// where none is known.
namespace lacuna::experiments {

config::Json to_json(const Predictions& predictions);

/// A line per prediction under a header: user,item,prediction,cold,title. Numbers have all their
/// digits, cold is true or false.
std::string csv(const Predictions& predictions);

/// The same for people.
std::string table(const Predictions& predictions);

}  // namespace lacuna::experiments
