#include "runtime/data/ratings/row_fields.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace lacuna::data {
namespace {

constexpr std::size_t shown_characters = 80;

/// Takes a quoted field off the front of `rest`; returns what stands between the quotes.
std::string_view take_quoted(std::string_view row, std::string_view& rest,
                             std::string_view delimiter) {
  std::size_t close = rest.find('"', 1);
  while (close != std::string_view::npos && rest.substr(close).starts_with("\"\"")) {
    close = rest.find('"', close + 2);
  }
  if (close == std::string_view::npos) {
    throw RowError("a quoted field does not end on its line", row);
  }
  const std::string_view field = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  if (!rest.empty() && !rest.starts_with(delimiter)) {
    throw RowError("text follows a closing quote", row);
  }
  return field;
}

/// Calls visit(number, field) for every field, without its quotes; returns how many there are.
template <class Visit>
std::size_t for_each_field(std::string_view row, const RowLayout& layout, Visit visit) {
  const std::string_view delimiter = layout.delimiter;
  std::string_view rest = row;
  for (std::size_t number = 0;; ++number) {
    if (layout.quotes && rest.starts_with('"')) {
      visit(number, take_quoted(row, rest, delimiter));
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

void check_length(std::string_view row) {
  if (row.size() <= max_line_bytes) return;
  throw RowError(fmt::format("a line longer than {} bytes: not a file of ratings", max_line_bytes),
                 row);
}

}  // namespace

RowError::RowError(std::string_view what, std::string_view row)
    : std::runtime_error(fmt::format("{}, in: {}", what, printable(row))) {}

std::string printable(std::string_view text) {
  std::string shown(text.substr(0, shown_characters));
  for (char& c : shown) {
    if (c == '\t') c = ' ';
    if (c < ' ' || c > '~') c = '?';
  }
  if (text.size() > shown_characters) shown += "...";
  return shown;
}

std::uint64_t parse_id(std::string_view row, std::string_view field, std::string_view name) {
  if (field.empty()) throw RowError(fmt::format("the {} is empty", name), row);
  const char* end = field.data() + field.size();
  std::uint64_t id = 0;
  const auto [rest, error] = std::from_chars(field.data(), end, id);
  if (error == std::errc::result_out_of_range) {
    throw RowError(fmt::format("the {} '{}' exceeds 64 bits", name, printable(field)), row);
  }
  if (error != std::errc{} || rest != end) {
    throw RowError(fmt::format("the {} '{}' is not a whole number >= 0", name, printable(field)),
                   row);
  }
  return id;
}

float parse_rating(std::string_view row, std::string_view field) {
  if (field.empty()) throw RowError("the rating is empty", row);
  const char* end = field.data() + field.size();
  float rating = 0;
  const auto [rest, error] = fast_float::from_chars(field.data(), end, rating);
  if (error != std::errc{} || rest != end || !std::isfinite(rating)) {
    throw RowError(fmt::format("the rating '{}' is not a finite number", printable(field)), row);
  }
  return rating;
}

void check_count(std::string_view row, const RowLayout& layout, std::size_t count) {
  if (layout.min_fields <= count && count <= layout.max_fields) return;
  const std::string expected = layout.min_fields == layout.max_fields
                                   ? std::to_string(layout.min_fields)
                                   : fmt::format("{} to {}", layout.min_fields, layout.max_fields);
  throw RowError(fmt::format("{} fields where {} are expected", count, expected), row);
}

RatingRow parse_row(std::string_view row, const RowLayout& layout) {
  check_length(row);
  std::string_view user, item, rating;
  const std::size_t count =
      for_each_field(row, layout, [&](std::size_t number, std::string_view field) {
        if (number == layout.user) user = field;
        if (number == layout.item) item = field;
        if (number == layout.rating) rating = field;
      });
  check_count(row, layout, count);
  return {parse_id(row, user, "user id"), parse_id(row, item, "item id"),
          parse_rating(row, rating)};
}

std::vector<std::string_view> split_fields(std::string_view row, const RowLayout& layout) {
  check_length(row);
  std::vector<std::string_view> fields;
  for_each_field(row, layout,
                 [&](std::size_t, std::string_view field) { fields.push_back(field); });
  return fields;
}

std::size_t find_column(std::string_view header, std::span<const std::string_view> names,
                        std::string_view name, std::string_view advice) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    throw RowError(fmt::format("no column '{}' ({})", printable(name), advice), header);
  }
  if (std::find(found + 1, names.end(), name) != names.end()) {
    throw RowError(fmt::format("column '{}' occurs twice", printable(name)), header);
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace lacuna::data
