#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lacuna::config {

/// Damerau-Levenshtein distance (optimal string alignment): letters inserted, dropped, changed,
/// and swapped with their neighbour count one each.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `names` to `typed`, without regard to case and with '-' taken for '_'; nothing
/// when none is within a third of the longer one's length.
std::optional<std::string_view> nearest(std::string_view typed,
                                        std::span<const std::string_view> names);

/// "did you mean 'x'?", or without a near name "<what>: 'a', 'b'".
std::string did_you_mean(std::string_view typed, std::span<const std::string_view> names,
                         std::string_view what);

/// The texts with the separator between them. (fmt::join draws a false -Wstringop-overflow from
/// gcc 12 at -O3.)
std::string joined(std::span<const std::string> texts, std::string_view separator);

/// "'a', 'b', 'c'"
std::string quoted_list(std::span<const std::string_view> names);

}  // namespace lacuna::config
