#include "runtime/data/ratings/plain_row.hpp"

#include <fast_float/fast_float.h>

#include <cmath>
#include <system_error>

namespace lacuna::data {
namespace {

/// No number goes on with the delimiter.
bool ends_numbers(std::string_view delimiter) {
  constexpr std::string_view goes_on = "0123456789.+-eE";
  return !delimiter.empty() && goes_on.find(delimiter.front()) == std::string_view::npos;
}

/// Digits as read_plain_number() takes them, of a number that fits for certain.
bool take_digits(const char*& at, const char* end, std::uint64_t& number) {
  constexpr std::ptrdiff_t always_fits = 19;
  const char* const begin = at;
  std::uint64_t value = 0;
  for (; at != end; ++at) {
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(*at)) - '0';
    if (digit > 9) break;
    value = 10 * value + digit;
  }
  number = value;
  const std::ptrdiff_t count = at - begin;
  return count == 1 || (count > 0 && count <= always_fits && *begin != '0');
}

/// One of many characters is cut and then followed by no delimiter: lines have a greatest length.
bool take_rating(const char*& at, const char* end, float& value) {
  constexpr std::ptrdiff_t most = 64;
  const auto [rest, error] = fast_float::from_chars(at, end - at > most ? at + most : end, value);
  at = rest;
  return error == std::errc{} && std::isfinite(value);
}

bool take_delimiter(const char*& at, const char* end, std::string_view delimiter) {
  for (const char c : delimiter) {
    if (at == end || *at != c) return false;
    ++at;
  }
  return true;
}

bool take_line_end(const char*& at, const char* end) {
  if (at == end) return true;
  if (*at == '\r' && at + 1 != end) ++at;
  return *at++ == '\n';
}

}  // namespace

PlainRows::PlainRows(const RowLayout& layout)
    : delimiter_(layout.format.delimiter),
      user_(layout.user),
      item_(layout.item),
      rating_(layout.rating),
      time_(layout.time == no_column ? layout.user : layout.time) {
  const std::size_t fields = layout.format.max_fields;
  const auto holds_digits = [&](std::size_t field) { return field != rating_ && field < fields; };
  if (layout.kind == RowKind::fields && !layout.format.blanks && ends_numbers(delimiter_) &&
      fields == layout.format.min_fields && fields <= most_fields && rating_ < fields &&
      holds_digits(user_) && holds_digits(item_) && holds_digits(time_)) {
    fields_ = fields;
  }
}

bool PlainRows::take(std::string_view& text, PlainRow& out) const {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::array<std::uint64_t, most_fields> number;
  for (std::size_t field = 0; field < fields_; ++field) {
    if (field > 0 && !take_delimiter(at, end, delimiter_)) return false;
    if (field == rating_ ? !take_rating(at, end, out.value) : !take_digits(at, end, number[field]))
      return false;
  }
  if (fields_ == 0 || !take_line_end(at, end)) return false;
  out.user = number[user_];
  out.item = number[item_];
  out.time = static_cast<double>(number[time_]);
  text.remove_prefix(static_cast<std::size_t>(at - text.data()));
  return true;
}

}  // namespace lacuna::data
