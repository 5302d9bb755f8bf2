#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiments/run/run_files.hpp"
#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "runtime/data/ratings/titles.hpp"

namespace lacuna::experiments {

struct RatingPrediction {
  std::optional<std::string> user;  ///< absent: the one whose ratings were given
  std::string item;
  float value = 0;
  bool cold = false;  ///< user or item has no training ratings: value is evaluate.cold's
  std::string title;  ///< UTF-8; empty: not known
};

struct RatingPredictions {
  std::filesystem::path run;  ///< the run's own folder
  bool number_users = false;  ///< ids are whole numbers
  bool number_items = false;
  /// The pairs in the order of their file, or the best items first and cold ones last.
  std::vector<RatingPrediction> list;
};

/// An empty list of a run.
RatingPredictions no_predictions(const StoredRun& run, const data::IdMaps& ids);

/// The titles beside the run's ratings; where they cannot be read none, with a remark: they are an
/// extra.
data::Titles titles_of(const StoredRun& run, const RatingTask& task);

}  // namespace lacuna::experiments
