#include "runtime/data/row_fields.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "runtime/config/utf8.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t shown_characters = 80;

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = config::utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string from_latin1(std::string_view text) {
  std::string converted;  // a character is the code point of its number
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) {
      converted += c;
    } else {
      converted += static_cast<char>(0xC0 | (code >> 6));
      converted += static_cast<char>(0x80 | (code & 0x3F));
    }
  }
  return converted;
}

}  // namespace

void check_delimiter(std::string_view delimiter) {
  if (delimiter.empty() || delimiter.find_first_of("\"\r\n") != std::string_view::npos) {
    throw std::invalid_argument("delimiter must not be empty nor hold a quote or a line end");
  }
}

namespace detail {

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

void check_length(std::string_view row) {
  if (row.size() <= max_line_bytes) return;
  throw RowError(fmt::format("a line longer than {} bytes: not a row of data", max_line_bytes),
                 row);
}

}  // namespace detail

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

std::optional<float> to_number(std::string_view field) {
  const char* end = field.data() + field.size();
  float number = 0;
  const auto [rest, error] = fast_float::from_chars(field.data(), end, number);
  if (rest != end || error == std::errc::invalid_argument) return std::nullopt;
  return number;
}

std::string to_text(std::string_view field, bool quotes) {
  std::string text = is_utf8(field) ? std::string(field) : from_latin1(field);
  if (!quotes) return text;
  const auto both = [](char a, char b) { return a == '"' && b == '"'; };
  for (auto at = std::ranges::adjacent_find(text, both); at != text.end();
       at = std::adjacent_find(at, text.end(), both)) {
    at = text.erase(at) + 1;
  }
  return text;
}

void check_count(std::string_view row, const RowFormat& format, std::size_t count) {
  if (format.min_fields <= count && count <= format.max_fields) return;
  const std::string expected = format.min_fields == format.max_fields
                                   ? std::to_string(format.min_fields)
                                   : fmt::format("{} to {}", format.min_fields, format.max_fields);
  throw RowError(fmt::format("{} fields where {} are expected", count, expected), row);
}

std::vector<std::string_view> split_fields(std::string_view row, const RowFormat& format) {
  std::vector<std::string_view> fields;
  for_each_field(row, format,
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
