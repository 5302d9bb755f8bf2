#pragma once

#include <array>

#include "runtime/data/ratings/build_ratings.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "tests/runtime/data/data_fixture.hpp"

/// Short ways to parse one file.
namespace lacuna::data {

inline ParsedRatings parse_file(const std::string& path, const FileFormat& format,
                                std::uint64_t max_bytes, const ParseOptions& options = {}) {
  const std::array files{RatingsFile{path}};
  return parse_ratings(files, format, max_bytes, options);
}

inline ParsedRatings parse_movielens(const std::string& path, MovieLensFormat format,
                                     std::uint64_t max_bytes, const ParseOptions& options = {}) {
  return parse_file(path, format_of(MovieLensSource(), format), max_bytes, options);
}

inline ParsedRatings parse_csv(const std::string& path, const CsvSource& source,
                               const ParseOptions& options = {}) {
  source.check();
  return parse_file(path, format_of(source), source.max_bytes, options);
}

}  // namespace lacuna::data
