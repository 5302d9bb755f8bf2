#include "experiments/tasks/rating_prediction/rating_probe.hpp"

namespace lacuna::experiments {

namespace {

/// Its id; the number itself where the data have none.
std::string id_of(const data::Ids& ids, std::int64_t index) {
  return index < ids.size() ? ids.text(index) : std::to_string(index);
}

}  // namespace

std::optional<Probe> probe_ratings(DeviceContext& context, Model& model, const RatingTask& task,
                                   const Moment& moment) {
  const auto& settings = std::get<RatingPredictionConfig>(moment.evaluate).probe;
  if (!settings) return std::nullopt;
  const auto vectors = data::common(family_of<data::RatingsSource>(moment.data).value()).vectors;
  const data::IdMaps& ids = task.dataset().ids;
  const auto names = [&](std::int64_t row, std::int64_t col) {
    const bool by_user = vectors == data::Orientation::user;
    return std::pair{id_of(ids.user, by_user ? row : col), id_of(ids.item, by_user ? col : row)};
  };
  const RatingScaling& scaling = task.scaling();
  const data::Split& split = task.dataset().split;
  return probe(context, model,
               {.train = split.train,
                .test = split.test,
                .names = names,
                .to_numbers = [&](const auto& ratings) { return scaling.to_numbers(ratings); },
                .to_values = [&](std::span<float> numbers) { scaling.to_ratings(numbers); }},
               *settings, moment);
}

std::unique_ptr<Pictures> rating_probes() {
  return probe_pictures(
      [](DeviceContext& context, Model& model, const Task& task, const Moment& moment) {
        return probe_ratings(context, model, static_cast<const RatingTask&>(task), moment);
      },
      rating_words);
}

}  // namespace lacuna::experiments
