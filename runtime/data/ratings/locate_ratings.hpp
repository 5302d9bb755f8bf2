#pragma once

#include <string>
#include <vector>

#include "runtime/data/ratings/file_format.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::data {

/// The files of a source, and how they are written.
struct LocatedRatings {
  std::vector<RatingsFile> files;  ///< what is trained on first
  FileFormat format;
  std::vector<std::string> notes;  ///< for people
  bool test_within =
      false;  ///< the first file holds the test ratings, too: they are not trained on
};

/// Where source.path is a folder or a zip, the file in it that the data set is known by (u.data,
/// ratings.dat, ratings.csv, BX-Book-Ratings.csv, ...), plain or packed; else the parts of a
/// folder, in the order of their names. Throws DataError with what was looked for and where the
/// data can be had; ConfigError if a name does not tell the format.
LocatedRatings locate_ratings(const MovieLensSource& source);
LocatedRatings locate_ratings(const CsvSource& source);
LocatedRatings locate_ratings(Layout layout, const RatingsFileConfig& source);

/// How the columns of a source are called, for files that go with it.
FileFormat column_names_of(const RatingsSource& source);

}  // namespace lacuna::data
