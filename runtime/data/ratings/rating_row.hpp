#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/row_fields.hpp"

namespace lacuna::data {

/// What a row of a ratings file is.
enum class RowKind {
  fields,  ///< user, item, rating between delimiters
  json,    ///< an object
  blocks,  ///< "item:", and below it user,rating,date (Netflix)
  dense,   ///< a user's number of ratings, then one for each item, 99 for none (Jester)
};

inline constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

/// How the rows of a ratings file are read, and which parts of them are looked at.
struct RowLayout {
  RowKind kind = RowKind::fields;
  RowFormat format;
  std::size_t user = 0;
  std::size_t item = 1;
  std::size_t rating = 2;
  std::size_t time = no_column;
  std::array<std::string, 4> keys;  ///< of objects: user, item, rating and, where wanted, time
  bool numbers_only = false;        ///< ids are whole numbers, all else is damage
  bool decimal_comma = false;
  bool drop_missing = false;
  std::vector<float> drop_values;

  bool has_time() const { return time != no_column || !keys[3].empty(); }
};

/// One rating as its row states it. The texts lie in the row, or in the reader of it.
struct RatingRow {
  std::string_view user;  ///< as in the file: quotes in it stand twice, its bytes may be latin-1
  std::string_view item;
  float value = 0;
  double time = 0;
};

/// What became of a row.
enum class RowOutcome { rating, missing, open };

/// Reads a row between delimiters; `open` where it ends within quotes. Throws RowError.
RowOutcome parse_row(std::string_view row, const RowLayout& layout, RatingRow& out);

/// What a field of `row` says; nothing where the rating is missing and may be. Throws RowError that
/// names the key to set.
std::optional<float> parse_rating(std::string_view row, std::string_view field,
                                  const RowLayout& layout);

double parse_time(std::string_view row, std::string_view field);

}  // namespace lacuna::data
