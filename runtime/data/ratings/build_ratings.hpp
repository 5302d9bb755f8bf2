#pragma once

#include <string>

#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/ratings.hpp"

namespace lacuna::data {

/// Sorts ids ascending and entries by (user, item), and settles duplicate pairs. Throws DataError
/// that names both lines of a duplicate under Duplicates::error, and of a rating that is both
/// trained on and held out, unless `test_within`: then it is held out. `path` is where the ratings
/// were read.
Ratings build_ratings(ParsedRatings&& parsed, Duplicates duplicates, const std::string& path,
                      bool test_within = false);

}  // namespace lacuna::data
