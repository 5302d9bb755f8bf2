#pragma once

#include <string>
#include <string_view>

#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::data {

struct MovieLensFile {
  std::string path;
  MovieLensFormat format = MovieLensFormat::ml_100k;  ///< never by_name
};

/// The ratings file named by source.path, or the first in that folder of: u.data, ratings.dat,
/// ratings_no_timestamp.dat, ratings.csv (each also with .gz) that fits source.format. Throws
/// DataError with what was looked for and where the data can be had; ConfigError if the name does
/// not tell the format.
MovieLensFile locate_movielens(const MovieLensSource& source);

}  // namespace lacuna::data
