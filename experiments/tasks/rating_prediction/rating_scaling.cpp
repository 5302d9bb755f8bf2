#include "experiments/tasks/rating_prediction/rating_scaling.hpp"

namespace lacuna::experiments {

void RatingScaling::to_ratings(std::span<float> numbers) const {
  if (is_identity()) return;
  for (float& number : numbers) {
    number = static_cast<float>(shift + factor * static_cast<double>(number));
  }
}

data::CsrArrays RatingScaling::to_numbers(const data::CsrArrays& ratings) const {
  data::CsrArrays numbers = ratings;
  if (is_identity()) return numbers;
  for (float& value : numbers.value) {
    value = static_cast<float>((static_cast<double>(value) - shift) / factor);
  }
  return numbers;
}

RatingScaling scaling_of(data::RatingScale scale, const data::RatingStats& train) {
  if (scale == data::RatingScale::center) return {1, train.mean};
  if (scale == data::RatingScale::none) return {};
  const double range = static_cast<double>(train.max) - static_cast<double>(train.min);
  return {range > 0 ? range : 1, static_cast<double>(train.min)};
}

}  // namespace lacuna::experiments
