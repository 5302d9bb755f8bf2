#pragma once

#include <memory>
#include <string>

#include "experiments/tasks/predict_options.hpp"
#include "experiments/tasks/rating_prediction/rating_predictions.hpp"
#include "runtime/config/json.hpp"

/// Predictions as they are shown and saved. The user is left out where it is a new one, titles
/// where none is known.
namespace lacuna::experiments {

config::Json to_json(const RatingPredictions& predictions);

/// A line per prediction under a header: user,item,prediction,cold,title. Numbers have all their
/// digits, cold is true or false.
struct CsvLines {
  bool users = false;
  bool titles = false;

  std::string header() const;
  void add(const RatingPrediction& prediction, std::string& text) const;
};
std::string csv(const RatingPredictions& predictions);

/// The same for people.
std::string table(const RatingPredictions& predictions);

/// All three.
std::unique_ptr<Predictions> as_predictions(RatingPredictions predictions);

}  // namespace lacuna::experiments
