#pragma once

#include <vector>

#include "runtime/data/ratings/ratings.hpp"
#include "runtime/data/ratings/ratings_config.hpp"

namespace lacuna::data {

/// What each rating is for, as config.split says; what files of one's own hold out stays so.
/// Depends on the set of ratings and config.split_seed alone. Throws DataError where a part would
/// be empty, but for a test part without a share.
std::vector<RatingsPart> deal_ratings(const Ratings& ratings, const RatingsConfig& config);

}  // namespace lacuna::data
