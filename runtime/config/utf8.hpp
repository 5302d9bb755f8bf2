#pragma once

#include <cstddef>
#include <string_view>

namespace lacuna::config {

/// Length of the valid UTF-8 sequence at the start of `text`, which is not empty; 0 where there is
/// none.
std::size_t utf8_length(std::string_view text);

}  // namespace lacuna::config
