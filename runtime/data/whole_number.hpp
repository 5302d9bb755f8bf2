#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lacuna::data {

namespace detail {
bool read_long_number(std::string_view text, std::uint64_t& number);
}

/// Reads the number that plain digits spell: no sign, no leading zero, at most 64 bits; returns
/// whether they do. (An optional takes a way through memory that costs more than the digits.)
inline bool read_plain_number(std::string_view text, std::uint64_t& number) {
  constexpr std::size_t always_fits = 19;  // digits
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return false;
  if (text.size() > always_fits) return detail::read_long_number(text, number);
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(c)) - '0';
    if (digit > 9) return false;
    value = 10 * value + digit;
  }
  number = value;
  return true;
}

inline std::optional<std::uint64_t> plain_whole_number(std::string_view text) {
  std::uint64_t number = 0;
  return read_plain_number(text, number) ? std::optional(number) : std::nullopt;
}

/// The whole number >= 0 that a text spells in any way in which programs write one, exactly: 42,
/// 42.0, 42., 1e+05, 1.5E3. Leading zeros mark a code, not a number: nothing, as for everything
/// else.
std::optional<std::uint64_t> whole_number(std::string_view text);

}  // namespace lacuna::data
