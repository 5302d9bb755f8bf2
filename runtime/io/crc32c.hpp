#pragma once

#include <cstdint>
#include <string_view>

namespace lacuna::io {

/// The cyclic redundancy check of Castagnoli's polynomial (RFC 3720, appendix B.4).
std::uint32_t crc32c(std::string_view bytes);

}  // namespace lacuna::io
