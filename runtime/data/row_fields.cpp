#include "runtime/data/row_fields.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "runtime/config/utf8.hpp"
#include "runtime/io/visible.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t shown_bytes = 80;

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = config::utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// Code points of Windows-1252's characters 0x80 to 0x9F, which latin-1 has no text for.
constexpr std::array<unsigned, 32> windows_1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_utf8(std::string& text, unsigned code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
    return;
  }
  if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
  } else {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
  }
  text += static_cast<char>(0x80 | (code & 0x3F));
}

std::string from_windows_1252(std::string_view text) {
  std::string converted;
  for (const char c : text) {
    const unsigned byte = static_cast<unsigned char>(c);
    append_utf8(converted, byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte);
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

std::optional<std::string_view> take_quoted(std::string_view row, std::string_view& rest,
                                            const RowFormat& format) {
  std::size_t close = 1;
  while (true) {
    close = rest.find_first_of(format.backslash ? "\"\\" : "\"", close);
    if (close == std::string_view::npos) return std::nullopt;
    const bool two = rest[close] == '\\' || rest.substr(close).starts_with("\"\"");
    if (!two) break;
    close += 2;
  }
  const std::string_view field = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  const bool ended =
      format.blanks ? rest.find_first_of(" \t") == 0 : rest.starts_with(format.delimiter);
  if (!rest.empty() && !ended) {
    throw RowError("text follows a closing quote: a quote within a field is written twice", row);
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
    : std::runtime_error(row.empty() ? std::string(what)
                                     : fmt::format("{}, in: {}", what, printable(row))) {}

std::string printable(std::string_view text) {
  if (text.size() <= shown_bytes) return io::visible(text);
  std::size_t end = shown_bytes;
  for (int i = 0; i < 3 && (text[end] & 0xC0) == 0x80; ++i) --end;  // not within a character
  return io::visible(text.substr(0, end)) + "...";
}

std::string_view trimmed(std::string_view field) {
  constexpr std::string_view blanks = " \t";
  const std::size_t begin = field.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return field.substr(begin, field.find_last_not_of(blanks) - begin + 1);
}

std::optional<float> to_number(std::string_view field) {
  const char* end = field.data() + field.size();
  float number = 0;
  const auto [rest, error] = fast_float::from_chars(field.data(), end, number);
  if (rest != end || error == std::errc::invalid_argument) return std::nullopt;
  return number;
}

std::string to_text(std::string_view field, bool quotes, bool backslash) {
  std::string text = is_utf8(field) ? std::string(field) : from_windows_1252(field);
  if (!quotes) return text;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escapes = text[i] == '"' || (backslash && text[i] == '\\');
    if (escapes && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == text[i])) ++i;
    plain += text[i];
  }
  return plain;
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
  const std::size_t count = for_each_field(
      row, format, [&](std::size_t, std::string_view field) { fields.push_back(field); });
  if (count == open_row) throw open_row_error(row);
  return fields;
}

std::vector<std::string> split_texts(std::string_view row, const RowFormat& format) {
  std::vector<std::string> texts;
  for (const std::string_view field : split_fields(row, format)) {
    texts.push_back(to_text(trimmed(field), format.quotes, format.backslash));
  }
  return texts;
}

RowError open_row_error(std::string_view row) {
  return {"a quoted field does not end: a quote is missing, or stands at the begin of a field",
          row};
}

}  // namespace lacuna::data
