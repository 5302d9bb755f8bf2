#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/data/ids.hpp"
#include "runtime/data/ratings/file_format.hpp"
#include "runtime/data/ratings/ratings.hpp"

namespace lacuna::data {

/// Entry `entry` and those behind it stand on line `line`, line + 1, ... of file `file`.
struct LineMark {
  std::int64_t entry = 0;
  std::int64_t line = 0;
  std::size_t file = 0;
};

/// Ratings as they stand in their files: in their order, duplicates included.
struct ParsedRatings {
  IdColumn users;
  IdColumn items;
  std::vector<std::int32_t> user;  ///< codes of `users`
  std::vector<std::int32_t> item;
  std::vector<float> value;
  std::vector<double> time;       ///< empty: not asked for
  std::vector<RatingsPart> part;  ///< empty: all of one
  std::string checksum;  ///< xxh3-128 in hex of the uncompressed bytes; of several files, of theirs
  std::int64_t missing = 0;        ///< rows without rating that were left out
  std::int64_t dropped = 0;        ///< ratings of data.drop_values
  std::vector<std::string> notes;  ///< what was taken for granted, for people
  std::vector<std::string> files;
  std::vector<LineMark> marks;

  /// "path:line" of an entry.
  std::string place_of(std::int64_t entry) const;
  /// The line alone where `beside` stands in the same file.
  std::string line_of(std::int64_t entry, std::int64_t beside) const;
};

/// A file, or a folder of parts that are read one after the other.
struct RatingsFile {
  std::string path;
  std::vector<std::string> parts = {};
  RatingsPart part = RatingsPart::train;
};

/// How files are parsed; the result is the same for all.
struct ParseOptions {
  int threads = 1;
  std::size_t piece_bytes = std::size_t{1} << 20;  ///< what a thread takes at a time; at least 1
};

/// Reads ratings of any format, plain or packed. LF or CRLF; a byte order mark may lead, the last
/// newline may be missing, blank lines may follow; every row has as many fields as the first.
/// Throws DataError "path:line: what is wrong, in: row" on the first bad row, and as open_text()
/// and find_layout().
ParsedRatings parse_ratings(std::span<const RatingsFile> files, const FileFormat& format,
                            std::uint64_t max_bytes, const ParseOptions& options = {});

}  // namespace lacuna::data
