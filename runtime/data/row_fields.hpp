#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/parse_ratings.hpp"

namespace lacuna::data {

/// The place of a row, for messages.
struct RowPlace {
  const std::string& path;
  std::int64_t line;
  std::string_view row;
};

/// Throws DataError "path:line: what, in: row"; the row is cut and control characters are masked.
[[noreturn]] void bad_row(const RowPlace& place, std::string_view what);

/// Printable ASCII of at most 80 characters; everything else shows as '?'.
std::string printable(std::string_view text);

/// Cuts a row into its fields, without their quotes.
void split_fields(const RowPlace& place, const RowLayout& layout,
                  std::vector<std::string_view>& fields);

/// `name` ("user id") stands in the message if the field is no number of its kind.
std::uint64_t parse_id(const RowPlace& place, std::string_view field, std::string_view name);
float parse_rating(const RowPlace& place, std::string_view field);

}  // namespace lacuna::data
