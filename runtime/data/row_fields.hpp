#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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
  bool blanks = false;  ///< runs of blanks and tabs stand between fields, whatever `delimiter` says
  bool quotes = false;  ///< a field may stand in double quotes, and go on over several lines
  bool backslash = false;  ///< in quotes \" stands for a quote, too
  std::size_t min_fields = 1;
  std::size_t max_fields = max_line_bytes + 1;
};

/// Throws std::invalid_argument on a text that cannot stand between two fields.
void check_delimiter(std::string_view delimiter);

/// What is wrong with a row: "what, in: row", the row as printable() shows it. The caller adds the
/// place.
struct RowError : std::runtime_error {
  RowError(std::string_view what, std::string_view row);
};

/// The number of fields of a row that ends within a quoted one.
inline constexpr std::size_t open_row = ~std::size_t{0};

namespace detail {
void check_length(std::string_view row);
/// Takes a quoted field off the front of `rest`; returns what stands between the quotes, or nothing
/// where they are not closed.
std::optional<std::string_view> take_quoted(std::string_view row, std::string_view& rest,
                                            const RowFormat& format);

/// One text between fields.
struct Delimiter {
  std::string_view text;

  /// Fields are short: a call of memchr() takes longer than a look at their characters.
  std::size_t find(std::string_view rest) const {
    constexpr std::size_t near = 16;
    const std::size_t end = rest.size() < near ? rest.size() : near;
    for (std::size_t i = 0; i < end; ++i) {
      if (rest[i] != text.front()) continue;
      if (text.size() == 1 || rest.substr(i, text.size()) == text) return i;
    }
    return rest.find(text, end < text.size() ? 0 : end - text.size() + 1);
  }
  void take(std::string_view& rest) const { rest.remove_prefix(text.size()); }
};

/// Runs of blanks between fields.
struct Blanks {
  static constexpr std::string_view any = " \t";

  std::size_t find(std::string_view rest) const { return rest.find_first_of(any); }
  void take(std::string_view& rest) const { rest.remove_prefix(rest.find_first_not_of(any)); }
};

template <class Between, class Visit>
std::size_t visit_fields(std::string_view row, const RowFormat& format, Between between,
                         Visit visit) {
  std::string_view rest = row;
  for (std::size_t number = 0;; ++number) {
    if (format.quotes && rest.starts_with('"')) {
      const std::optional<std::string_view> field = take_quoted(row, rest, format);
      if (!field) return open_row;
      visit(number, *field);
      if (rest.empty()) return number + 1;
      between.take(rest);
      continue;
    }
    const std::size_t end = between.find(rest);
    visit(number, rest.substr(0, end));
    if (end == std::string_view::npos) return number + 1;
    rest.remove_prefix(end);
    between.take(rest);
  }
}
}  // namespace detail

/// Without the blanks and tabs around it.
std::string_view trimmed(std::string_view field);

/// Calls visit(number, field) for every field of a row, without its quotes; returns how many there
/// are, or open_row. Throws RowError.
template <class Visit>
std::size_t for_each_field(std::string_view row, const RowFormat& format, Visit visit) {
  detail::check_length(row);
  if (format.blanks) return detail::visit_fields(trimmed(row), format, detail::Blanks(), visit);
  return detail::visit_fields(row, format, detail::Delimiter{format.delimiter}, visit);
}

/// All fields of a row, without their quotes. Throws RowError, also where one is not closed.
std::vector<std::string_view> split_fields(std::string_view row, const RowFormat& format);

/// What is wrong with a row whose last field is not closed.
RowError open_row_error(std::string_view row);

/// The same without the blanks around them, as UTF-8.
std::vector<std::string> split_texts(std::string_view row, const RowFormat& format);

/// Throws RowError unless a row of `format` may have `count` fields.
void check_count(std::string_view row, const RowFormat& format, std::size_t count);

/// The number that a field is, infinite where it exceeds a float or says so, NaN where it says so;
/// nothing where it is none.
std::optional<float> to_number(std::string_view field);

/// A field as UTF-8: text that is none is taken for Windows-1252 (latin-1). With `quotes` two of
/// them stand for one, and with `backslash` one behind a backslash.
std::string to_text(std::string_view field, bool quotes, bool backslash = false);

/// A text that is shown whole where it has at most 80 bytes, and without control characters.
std::string printable(std::string_view text);

}  // namespace lacuna::data
