#pragma once

#include <string>
#include <vector>

#include "experiments/run/run_files.hpp"
#include "experiments/tasks/rating_prediction/best_items.hpp"
#include "experiments/tasks/rating_prediction/predict.hpp"
#include "runtime/data/ratings/cell_file.hpp"

namespace lacuna::experiments {

struct AllUsersOptions {
  int top = 10;
  std::string exclude = "seen";                  ///< seen, train, none, or the name of a file
  const std::vector<data::NamedCell>& excluded;  ///< that file's pairs
  const std::vector<data::NamedCell>& items;     ///< the only ones; empty: all
};

/// The best items of every user, in the order of the users' ids, with titles where there are some.
/// Pairs and items of the files that the data do not know are left out, with a remark. Errors as
/// best_items().
RatingPredictions predict_all(DeviceContext& context, Model& model, const RatingTask& task,
                              const RatingPredictionConfig& config, const StoredRun& run,
                              const AllUsersOptions& options);

}  // namespace lacuna::experiments
