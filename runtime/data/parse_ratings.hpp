#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/id_index.hpp"
#include "runtime/data/source_config.hpp"

namespace lacuna::data {

/// How the rows of a ratings file are cut into fields.
struct RowLayout {
  std::string delimiter;
  bool quotes = false;  ///< a field may stand in double quotes, on one line
  std::size_t user = 0;
  std::size_t item = 1;
  std::size_t rating = 2;
  std::size_t min_fields = 3;  ///< every row has as many fields as the first, within these bounds
  std::size_t max_fields = 3;
};

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

/// Reads MovieLens 100K (`user \t item \t rating \t timestamp`) or 1M (`user::item::rating`, with
/// or without `::timestamp`). LF or CRLF; the last newline may be missing, blank lines may follow.
/// The timestamp is not looked at. Throws DataError "path:line: what is wrong, in: row" on a bad
/// row.
ParsedRatings parse_movielens(const std::string& path, MovieLensFormat format,
                              std::uint64_t max_bytes);

/// Reads the three named columns of the CSV file at `path` (not source.path), whose first line
/// names the columns. Fields may be quoted but not span lines. Errors as above, and as
/// source.check() throws.
ParsedRatings parse_csv(const std::string& path, const CsvSource& source);

}  // namespace lacuna::data
