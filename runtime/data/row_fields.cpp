#include "runtime/data/row_fields.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t shown_characters = 80;

/// Takes a quoted field off the front of `rest`; returns what stands between the quotes.
std::string_view take_quoted(const RowPlace& place, std::string_view& rest,
                             std::string_view delimiter) {
  std::size_t close = rest.find('"', 1);
  while (close != std::string_view::npos && rest.substr(close).starts_with("\"\"")) {
    close = rest.find('"', close + 2);
  }
  if (close == std::string_view::npos) bad_row(place, "a quoted field does not end on its line");
  const std::string_view field = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  if (!rest.empty() && !rest.starts_with(delimiter)) {
    bad_row(place, "text follows a closing quote");
  }
  return field;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown(text.substr(0, shown_characters));
  for (char& c : shown) {
    if (c == '\t') c = ' ';
    if (c < ' ' || c > '~') c = '?';
  }
  if (text.size() > shown_characters) shown += "...";
  return shown;
}

void bad_row(const RowPlace& place, std::string_view what) {
  throw DataError(
      fmt::format("{}:{}: {}, in: {}", place.path, place.line, what, printable(place.row)));
}

void split_fields(const RowPlace& place, const RowLayout& layout,
                  std::vector<std::string_view>& fields) {
  const std::string_view delimiter = layout.delimiter;
  std::string_view rest = place.row;
  fields.clear();
  while (true) {
    if (layout.quotes && rest.starts_with('"')) {
      fields.push_back(take_quoted(place, rest, delimiter));
      if (rest.empty()) return;
      rest.remove_prefix(delimiter.size());
      continue;
    }
    const std::size_t end = rest.find(delimiter);
    fields.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + delimiter.size());
  }
}

std::uint64_t parse_id(const RowPlace& place, std::string_view field, std::string_view name) {
  if (field.empty()) bad_row(place, fmt::format("the {} is empty", name));
  const char* end = field.data() + field.size();
  std::uint64_t id = 0;
  const auto [rest, error] = std::from_chars(field.data(), end, id);
  if (error == std::errc::result_out_of_range) {
    bad_row(place, fmt::format("the {} '{}' exceeds 64 bits", name, printable(field)));
  }
  if (error != std::errc{} || rest != end) {
    bad_row(place, fmt::format("the {} '{}' is not a whole number >= 0", name, printable(field)));
  }
  return id;
}

float parse_rating(const RowPlace& place, std::string_view field) {
  if (field.empty()) bad_row(place, "the rating is empty");
  const char* end = field.data() + field.size();
  float rating = 0;
  const auto [rest, error] = fast_float::from_chars(field.data(), end, rating);
  if (error != std::errc{} || rest != end || !std::isfinite(rating)) {
    bad_row(place, fmt::format("the rating '{}' is not a finite number", printable(field)));
  }
  return rating;
}

}  // namespace lacuna::data
