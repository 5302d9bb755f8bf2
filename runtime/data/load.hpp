#pragma once

#include <string>

#include "runtime/data/ratings.hpp"
#include "runtime/data/source_config.hpp"
#include "runtime/data/split.hpp"

namespace lacuna::data {

/// What an experiment trains and is judged on.
struct Dataset {
  IdMaps ids;
  std::string source;    ///< as in Ratings
  std::string checksum;  ///< as in Ratings
  Split split;
};

/// All ratings of a source. Throws DataError or ConfigError as the readers and the generator do.
Ratings load_ratings(const DataConfig& config);

/// The ratings of a source, split.
Dataset load(const DataConfig& config);

}  // namespace lacuna::data
