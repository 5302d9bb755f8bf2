#pragma once

#include <string>

#include "runtime/data/load_options.hpp"
#include "runtime/data/ratings/ratings.hpp"
#include "runtime/data/ratings/source_config.hpp"
#include "runtime/data/ratings/split.hpp"

namespace lacuna::data {

/// What an experiment trains and is judged on.
struct Dataset {
  IdMaps ids;
  std::string source;    ///< as in Ratings
  std::string checksum;  ///< as in Ratings
  Split split;
};

/// All ratings of a source. Throws DataError or ConfigError as the readers and the generator do.
Ratings load_ratings(const RatingsSource& config, const LoadOptions& options = {});

/// The ratings of a source, split.
Dataset load(const RatingsSource& config, const LoadOptions& options = {});

}  // namespace lacuna::data
