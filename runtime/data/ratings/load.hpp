#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

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

/// How a source is loaded; the result is the same for all.
struct LoadOptions {
  int threads = 1;
  /// Folder that keeps parsed files (ratings_cache.hpp); empty: none.
  std::filesystem::path cache = {};
  bool keep = true;  ///< false: what is kept there is used, nothing is added
  /// Smaller files are not worth keeping, in bytes.
  std::uintmax_t cached_from = std::uintmax_t{8} << 20;
  std::function<void(const std::string&)> remark = [](const std::string&) {};
};

/// All ratings of a source. Throws DataError or ConfigError as the readers and the generator do.
Ratings load_ratings(const DataConfig& config, const LoadOptions& options = {});

/// The ratings of a source, split.
Dataset load(const DataConfig& config, const LoadOptions& options = {});

}  // namespace lacuna::data
