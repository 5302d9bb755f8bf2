#include "runtime/data/ratings/rating_row.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

#include "runtime/data/moment.hpp"

namespace lacuna::data {
namespace {

bool is_missing(std::string_view field) {
  constexpr std::array<std::string_view, 14> names{"",     "NA",  "N/A", "n/a",  "#N/A",
                                                   "<NA>", "NaN", "nan", "null", "NULL",
                                                   "None", "\\N", "?",   "-"};
  return std::ranges::find(names, field) != names.end();
}

/// "3,5" as a number with a point; nothing where there is no comma.
std::optional<float> with_decimal_comma(std::string_view field) {
  std::string text(field);
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos || text.find(',', comma + 1) != std::string::npos)
    return std::nullopt;
  text[comma] = '.';
  return to_number(text);
}

[[noreturn]] void refuse(std::string_view row, std::string_view field, const RowLayout& layout) {
  const std::string what = fmt::format("the rating '{}' is not a finite number", printable(field));
  if (!layout.decimal_comma && with_decimal_comma(field)) {
    throw RowError(what + " (set data.decimal to \"comma\")", row);
  }
  throw RowError(what, row);
}

/// Everything but a plain finite number.
std::optional<float> parse_odd_rating(std::string_view row, std::string_view field,
                                      const RowLayout& layout) {
  field = trimmed(field);
  if (is_missing(field)) {
    if (layout.drop_missing) return std::nullopt;
    const std::string what =
        field.empty() ? "the rating is empty" : fmt::format("the rating is '{}'", field);
    throw RowError(what + " (set data.missing to \"drop\" to leave such rows out)", row);
  }
  const std::optional<float> rating = layout.decimal_comma && field.find(',') != field.npos
                                          ? with_decimal_comma(field)
                                          : to_number(field);
  if (!rating || !std::isfinite(*rating)) refuse(row, field, layout);
  return rating;
}

}  // namespace

std::optional<float> parse_rating(std::string_view row, std::string_view field,
                                  const RowLayout& layout) {
  const std::optional<float> rating = to_number(field);
  if (rating && std::isfinite(*rating)) return rating;
  return parse_odd_rating(row, field, layout);
}

double parse_time(std::string_view row, std::string_view field) {
  const std::optional<double> time = parse_moment(trimmed(field));
  if (time) return *time;
  throw RowError(fmt::format("the timestamp '{}' is neither a number nor a date as 2015-03-31 or "
                             "2015-03-31 06:40:39: convert it, or leave the timestamps out",
                             printable(field)),
                 row);
}

RowOutcome parse_row(std::string_view row, const RowLayout& layout, RatingRow& out) {
  std::string_view rating;
  std::string_view time;
  const std::size_t count =
      for_each_field(row, layout.format, [&](std::size_t number, std::string_view field) {
        if (number == layout.user) out.user = field;
        if (number == layout.item) out.item = field;
        if (number == layout.rating) rating = field;
        if (number == layout.time) time = field;
      });
  if (count == open_row) return RowOutcome::open;
  check_count(row, layout.format, count);
  const char* end = rating.data() + rating.size();
  const auto [rest, error] = fast_float::from_chars(rating.data(), end, out.value);
  if (rest != end || error != std::errc{} || !std::isfinite(out.value)) {  // rare
    const std::optional<float> value = parse_rating(row, rating, layout);
    if (!value) return RowOutcome::missing;
    out.value = *value;
  }
  if (layout.time != no_column) out.time = parse_time(row, time);
  return RowOutcome::rating;
}

}  // namespace lacuna::data
