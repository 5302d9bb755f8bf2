#pragma once

#include <span>

#include "runtime/data/csr_arrays.hpp"
#include "runtime/data/ratings/rating_stats.hpp"
#include "runtime/data/ratings/ratings_config.hpp"

namespace lacuna::experiments {

/// What stands between ratings and the numbers that a model sees: rating = shift + factor * number.
struct RatingScaling {
  double factor = 1;
  double shift = 0;

  bool is_identity() const { return factor == 1 && shift == 0; }

  /// Of a model's outputs, in place.
  void to_ratings(std::span<float> numbers) const;
  /// Of known ratings, for a model.
  data::CsrArrays to_numbers(const data::CsrArrays& ratings) const;
};

/// By the training ratings; where all are equal, `unit` shifts only.
RatingScaling scaling_of(data::RatingScale scale, const data::RatingStats& train);

}  // namespace lacuna::experiments
