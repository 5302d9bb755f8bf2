#include "experiments/tasks/rating_prediction/predict.hpp"

#include "experiments/run/run_loader.hpp"
#include "experiments/run/thread_count.hpp"
#include "experiments/tasks/rating_prediction/predict_all.hpp"
#include "experiments/tasks/rating_prediction/predict_choices.hpp"
#include "experiments/tasks/rating_prediction/prediction_text.hpp"
#include "experiments/tasks/rating_prediction/wanted_cells.hpp"
#include "runtime/data/ratings/locate_ratings.hpp"

namespace lacuna::experiments {

namespace {

WantedCells wanted_of(const PredictChoices& choices, const data::Dataset& dataset,
                      const data::CsrArrays& known, const RatingLookup& lookup) {
  const data::Ids& items = dataset.ids.item;
  const bool new_user = choices.ratings.has_value();
  if (choices.pairs) return wanted_pairs(choices.of_pairs, new_user, lookup, items);
  if (choices.user) {
    const std::int32_t user = lookup.user(*choices.user, {"--user"});
    return unseen_items(lookup.rated_by(user), choices.user, user, items, lookup);
  }
  std::vector<std::uint8_t> seen(static_cast<std::size_t>(items.size()));
  for (const std::int32_t item : known.col) seen[static_cast<std::size_t>(item)] = 1;
  return unseen_items(seen, {}, 0, items, lookup);
}

/// What evaluate.cold gives a pair of which the data know nothing: where it is the model's own, the
/// model has no input for it, and the training mean stands in.
float cold_value(const RatingTask& task, const RatingPredictionConfig& config) {
  return static_cast<float>(task.validation_rule(config).cold.value_or(task.stats().mean));
}

void add_titles(WantedCells& wanted, const data::Titles& titles) {
  for (std::size_t i = 0; i < wanted.list.size(); ++i) {
    const auto found = titles.find(wanted.item[i]);
    if (found != titles.end()) wanted.list[i].title = found->second;
  }
}

RatingPredictions predict_some(DeviceContext& context, Model& model, const RatingTask& task,
                               const RatingPredictionConfig& config, const StoredRun& run,
                               const PredictChoices& choices) {
  const data::Dataset& dataset = task.dataset();
  const RatingLookup lookup(dataset, vectors_of(run));
  data::CsrArrays new_user;
  if (choices.ratings) new_user = lookup.new_user(choices.of_ratings, *choices.ratings);
  const data::CsrArrays& known = choices.ratings ? new_user : dataset.split.train;
  WantedCells wanted = wanted_of(choices, dataset, known, lookup);
  const std::vector<CellPrediction> predicted =
      predict_cells(context, model, task, config, known, wanted.cells);
  wanted.set_values(predicted, cold_value(task, config));
  add_titles(wanted, titles_of(run, task));

  RatingPredictions predictions = no_predictions(run, dataset.ids);
  if (choices.pairs) {
    predictions.list = std::move(wanted.list);
    return predictions;
  }
  for (const std::size_t i : best(predicted, static_cast<std::size_t>(choices.top))) {
    predictions.list.push_back(std::move(wanted.list[i]));
  }
  return predictions;
}

}  // namespace

std::unique_ptr<Predictions> predict_ratings(const PredictRequest& request) {
  const StoredRun& run = request.run;
  PredictChoices choices(request.values, run);
  const Experiment& experiment = run.variant.experiment;
  const auto source = family_of<data::RatingsSource>(experiment.data).value();
  choices.read_files(data::column_names_of(source));
  DeviceContext context(choose_device(request.device), thread_count(request.threads));
  RunLoader loader(context, request.data);
  const auto [loaded, fresh, model] = loader.load(run);
  const auto& task = static_cast<const RatingTask&>(loaded);
  const auto& config = std::get<RatingPredictionConfig>(experiment.evaluate);
  if (choices.all_users) return predict_all(context, *model, task, config, run, choices);
  return as_predictions(predict_some(context, *model, task, config, run, choices));
}

}  // namespace lacuna::experiments
