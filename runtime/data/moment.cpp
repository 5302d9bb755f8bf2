#include "runtime/data/moment.hpp"

#include <fast_float/fast_float.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <system_error>

namespace lacuna::data {
namespace {

std::optional<double> to_double(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = fast_float::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// Takes `count` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + count, value);
  if (error != std::errc{} || rest != text.data() + count) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<double> take_time_of_day(std::string_view& text) {
  const auto hours = take_number(text, 2);
  if (!hours || !take(text, ":")) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes) return std::nullopt;
  double seconds = 0;
  if (take(text, ":")) {
    const std::string_view rest = text.substr(0, text.find_first_not_of("0123456789."));
    const auto given = to_double(rest);
    if (!given) return std::nullopt;
    seconds = *given;
    text.remove_prefix(rest.size());
  }
  if (*hours > 24 || *minutes > 59 || seconds >= 61) return std::nullopt;
  return *hours * 3600.0 + *minutes * 60.0 + seconds;
}

}  // namespace

std::optional<double> parse_moment(std::string_view field) {
  if (const auto number = to_double(field)) return number;
  const auto y = take_number(field, 4);
  if (!y || !take(field, "-/")) return std::nullopt;
  const auto m = take_number(field, 2);
  if (!m || !take(field, "-/")) return std::nullopt;
  const auto d = take_number(field, 2);
  if (!d) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*y),
                                         std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  double seconds =
      86400.0 * static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
  if (field.empty()) return seconds;
  if (!take(field, "T ")) return std::nullopt;
  const auto time = take_time_of_day(field);
  if (!time || field.find_first_not_of("Z+-:0123456789 UTC") != std::string_view::npos) {
    return std::nullopt;
  }
  return seconds + *time;
}

}  // namespace lacuna::data
