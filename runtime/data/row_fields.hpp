#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// A longer line is no row of data.
inline constexpr std::size_t max_line_bytes = std::size_t{1} << 20;

/// How the rows of a text file are cut into fields.
struct RowFormat {
  std::string delimiter = ",";
  bool quotes = false;  ///< a field may stand in double quotes, on one line
  std::size_t min_fields = 1;
  std::size_t max_fields = max_line_bytes + 1;
};

/// Throws std::invalid_argument on a text that cannot stand between two fields.
void check_delimiter(std::string_view delimiter);

/// What is wrong with a row: "what, in: row"; the row is cut and control characters are masked. The
/// caller adds the place.
struct RowError : std::runtime_error {
  RowError(std::string_view what, std::string_view row);
};

namespace detail {
void check_length(std::string_view row);
/// Takes a quoted field off the front of `rest`; returns what stands between the quotes.
std::string_view take_quoted(std::string_view row, std::string_view& rest,
                             std::string_view delimiter);
}  // namespace detail

/// Calls visit(number, field) for every field of a row, without its quotes; returns how many there
/// are. Throws RowError.
template <class Visit>
std::size_t for_each_field(std::string_view row, const RowFormat& format, Visit visit) {
  detail::check_length(row);
  const std::string_view delimiter = format.delimiter;
  std::string_view rest = row;
  for (std::size_t number = 0;; ++number) {
    if (format.quotes && rest.starts_with('"')) {
      visit(number, detail::take_quoted(row, rest, delimiter));
      if (rest.empty()) return number + 1;
      rest.remove_prefix(delimiter.size());
      continue;
    }
    const std::size_t end = rest.find(delimiter);
    visit(number, rest.substr(0, end));
    if (end == std::string_view::npos) return number + 1;
    rest.remove_prefix(end + delimiter.size());
  }
}

/// All fields of a row, without their quotes. Throws RowError.
std::vector<std::string_view> split_fields(std::string_view row, const RowFormat& format);

/// Throws RowError unless a row of `format` may have `count` fields.
void check_count(std::string_view row, const RowFormat& format, std::size_t count);

/// What a field of `row` says; `name` is for messages. Throws RowError.
std::uint64_t parse_id(std::string_view row, std::string_view field, std::string_view name);

/// The number that a field is, infinite where it exceeds a float or says so, NaN where it says so;
/// nothing where it is none.
std::optional<float> to_number(std::string_view field);

/// A field as UTF-8: text that is none is taken for latin-1. With `quotes` two of them stand for
/// one.
std::string to_text(std::string_view field, bool quotes);

/// Where `name` stands among a header's names. Throws RowError where it does not, which gives
/// `advice`, or does so twice.
std::size_t find_column(std::string_view header, std::span<const std::string_view> names,
                        std::string_view name, std::string_view advice);

/// Printable ASCII of at most 80 characters; everything else shows as '?'.
std::string printable(std::string_view text);

}  // namespace lacuna::data
