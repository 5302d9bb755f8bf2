#pragma once

#include <cstddef>
#include <string_view>

namespace lacuna::metrics {

/// Columns that UTF-8 text takes on a terminal, one per code point.
std::size_t text_width(std::string_view text);

/// The beginning of `text` that fits into `width` columns, never cut inside a code point.
std::string_view text_prefix(std::string_view text, std::size_t width);

}  // namespace lacuna::metrics
