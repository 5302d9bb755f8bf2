#include "experiments/tasks/rating_prediction/rating_predictions.hpp"

#include <fmt/format.h>

#include "runtime/error.hpp"
#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

RatingPredictions no_predictions(const StoredRun& run, const data::IdMaps& ids) {
  return {.run = run.folder,
          .number_users = ids.user.are_numbers(),
          .number_items = ids.item.are_numbers(),
          .list = {}};
}

data::Titles titles_of(const StoredRun& run, const RatingTask& task) {
  if (std::holds_alternative<data::SyntheticSource>(run.variant.experiment.data)) return {};
  try {
    return data::titles_beside(task.source(), task.dataset().ids.item);
  } catch (const DataError& error) {
    io::say(fmt::format("no titles: {}\n", error.what()));
    return {};
  }
}

}  // namespace lacuna::experiments
