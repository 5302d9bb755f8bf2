#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// A longer line is no row of ratings.
inline constexpr std::size_t max_line_bytes = std::size_t{1} << 20;

/// How the rows of a ratings file are cut into fields.
struct RowLayout {
  std::string delimiter;
  bool quotes = false;  ///< a field may stand in double quotes, on one line
  std::size_t user = 0;
  std::size_t item = 1;
  std::size_t rating = 2;
  std::size_t min_fields = 3;
  std::size_t max_fields = 3;
};

/// What is wrong with a row: "what, in: row"; the row is cut and control characters are masked. The
/// caller adds the place.
struct RowError : std::runtime_error {
  RowError(std::string_view what, std::string_view row);
};

/// One rating as its row states it.
struct RatingRow {
  std::uint64_t user;
  std::uint64_t item;
  float value;
};

/// Throws RowError.
RatingRow parse_row(std::string_view row, const RowLayout& layout);

/// All fields of a row, without their quotes. Throws RowError.
std::vector<std::string_view> split_fields(std::string_view row, const RowLayout& layout);

/// Throws RowError unless a row of `layout` may have `count` fields.
void check_count(std::string_view row, const RowLayout& layout, std::size_t count);

/// What a field of `row` says; `name` is for messages. Throw RowError.
std::uint64_t parse_id(std::string_view row, std::string_view field, std::string_view name);
float parse_rating(std::string_view row, std::string_view field);

/// Where `name` stands among a header's names. Throws RowError where it does not, which gives
/// `advice`, or does so twice.
std::size_t find_column(std::string_view header, std::span<const std::string_view> names,
                        std::string_view name, std::string_view advice);

/// Printable ASCII of at most 80 characters; everything else shows as '?'.
std::string printable(std::string_view text);

}  // namespace lacuna::data
