#pragma once

#include "runtime/data/ratings/ratings.hpp"
#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::data {

/// Ratings with a known low-rank truth and the heterogeneous, not-at-random sparsity of real
/// ratings.
///
///     truth(u, i)  = clip(m + a_u + b_i + U_u . V_i),     m = (rating_min + rating_max) / 2
///     rating(u, i) = round(clip(m + a_u + b_i + U_u . V_i + noise e)),    e ~ N(0, 1)
///
/// with a, b ~ N(0, bias^2) and U_u . V_i of standard deviation `signal`. The number of ratings per
/// user follows a Zipf law (at most half of the items, unless the density asks for more). A user's
/// items are drawn without replacement with weights popularity_i * sigmoid(selection * z), where
/// popularity follows a Zipf law and z is (b_i + U_u . V_i) in standard deviations: users rate what
/// they like.
///
/// Gives exactly source.ratings distinct pairs, every user and item at least one, and the truth of
/// each. A function of the source alone. Memory grows with ratings + (users + items) * rank. Throws
/// std::invalid_argument as source.check() does.
Ratings generate_ratings(const SyntheticSource& source);

}  // namespace lacuna::data
