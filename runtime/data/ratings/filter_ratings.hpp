#pragma once

#include <cstdint>

#include "runtime/data/ratings/ratings.hpp"

namespace lacuna::data {

/// What a filter left out.
struct LeftOut {
  std::int64_t users = 0;
  std::int64_t items = 0;
  std::int64_t ratings = 0;
  int rounds = 0;
};

/// Leaves out users with fewer than `least_per_user` ratings and items with fewer than
/// `least_per_item`, again and again until all that stay have enough (the k-core of the ratings).
/// Throws DataError where nothing stays.
LeftOut keep_core(Ratings& ratings, std::int64_t least_per_user, std::int64_t least_per_item);

}  // namespace lacuna::data
