#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lacuna::data {

/// The number that plain digits spell: no sign, no leading zero, at most 64 bits. Nothing
/// otherwise.
std::optional<std::uint64_t> plain_whole_number(std::string_view text);

/// The whole number >= 0 that a text spells in any way in which programs write one, exactly: 42,
/// 42.0, 42., 1e+05, 1.5E3. Leading zeros mark a code, not a number: nothing, as for everything
/// else.
std::optional<std::uint64_t> whole_number(std::string_view text);

}  // namespace lacuna::data
