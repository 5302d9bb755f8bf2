#include "runtime/data/whole_number.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

namespace lacuna::data {
namespace {

constexpr std::string_view digits = "0123456789";

std::string_view take_digits(std::string_view& text) {
  const std::string_view found = text.substr(0, text.find_first_not_of(digits));
  text.remove_prefix(found.size());
  return found;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// Of "e+05", and 0 of nothing; nothing where it is malformed or beyond what 64 bits could need.
std::optional<int> take_exponent(std::string_view& text) {
  if (!take(text, "eE")) return 0;
  const bool minus = text.starts_with('-');
  take(text, "+-");
  const std::string_view power = take_digits(text);
  int value = 0;
  const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), value);
  if (power.empty() || error != std::errc{} || value > 400) return std::nullopt;
  return minus ? -value : value;
}

}  // namespace

bool detail::read_long_number(std::string_view text, std::uint64_t& number) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  if (const auto plain = plain_whole_number(text)) return plain;
  const std::string_view whole = take_digits(text);
  const bool point = take(text, ".");
  const std::string_view fraction = point ? take_digits(text) : std::string_view();
  const std::optional<int> exponent = take_exponent(text);
  const bool coded = whole.size() > 1 && whole.front() == '0';
  if (whole.empty() || coded || !exponent || !text.empty()) return std::nullopt;
  std::string all(whole);
  all += fraction;
  const auto point_at = static_cast<int>(whole.size()) + *exponent;
  if (point_at < 0 || point_at > 400) {
    return all.find_first_not_of('0') == std::string::npos ? std::optional<std::uint64_t>(0)
                                                           : std::nullopt;
  }
  const auto kept = static_cast<std::size_t>(point_at);
  if (kept < all.size() && all.find_first_not_of('0', kept) != std::string::npos)
    return std::nullopt;
  all.resize(kept, '0');
  all.erase(0, std::min(all.find_first_not_of('0'), all.size()));
  return all.empty() ? 0 : plain_whole_number(all);
}

}  // namespace lacuna::data
