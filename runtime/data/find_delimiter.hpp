#pragma once

#include <span>
#include <string_view>

#include "runtime/data/row_fields.hpp"

namespace lacuna::data {

/// How the lines of a file are cut into at least `least` fields: by tab, ::, |, ;, comma or blanks.
/// Of several that would do, one that gives the first line the wanted `names` counts, then one
/// under which all lines have as many fields. Throws RowError that says what was tried, and
/// `advice`.
RowFormat find_delimiter(std::span<const std::string_view> lines,
                         std::span<const std::string_view> names, std::size_t least,
                         std::string_view advice);

}  // namespace lacuna::data
