#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/id_index.hpp"
#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::data {

/// Ratings as they stand in a file: in its order, duplicates included, indices by first appearance.
struct ParsedRatings {
  IdIndex users;
  IdIndex items;
  std::vector<std::int32_t> user;
  std::vector<std::int32_t> item;
  std::vector<float> value;
  std::int64_t first_line = 1;  ///< entry i stands on line first_line + i
  std::string checksum;         ///< xxh3-128 in hex of the uncompressed bytes
};

/// How a file is parsed; the result is the same for all.
struct ParseOptions {
  int threads = 1;
  std::size_t piece_bytes = std::size_t{1} << 20;  ///< what a thread takes at a time; at least 1
};

/// Reads MovieLens 100K (`user \t item \t rating \t timestamp`), 1M and 10M (`user::item::rating`,
/// with or without `::timestamp`), or the later sets' CSV (columns userId, movieId, rating), plain
/// or gzip. LF or CRLF; a byte order mark may lead, the last newline may be missing, blank lines
/// may follow. The timestamp is not looked at; every row has as many fields as the first. Throws
/// DataError "path:line: what is wrong, in: row" on the first bad row of the file.
ParsedRatings parse_movielens(const std::string& path, MovieLensFormat format,
                              std::uint64_t max_bytes, const ParseOptions& options = {});

/// Reads the three named columns of the CSV file at `path` (not source.path), whose first line
/// names the columns. Fields may be quoted but not span lines. Errors as above, and as
/// source.check() throws.
ParsedRatings parse_csv(const std::string& path, const CsvSource& source,
                        const ParseOptions& options = {});

}  // namespace lacuna::data
