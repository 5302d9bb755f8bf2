#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/file_bytes.hpp"

namespace lacuna::data {

struct PngImage {
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::vector<std::uint8_t> rgb;  ///< [height, width, 3], as they are in the file: no gamma
};

/// The first bytes of every PNG file.
bool begins_as_png(const FileBytes& file);

/// Reads RGB of 8 bits, not interlaced. Throws DataError that names the file and the row where it
/// is another or damaged, and where it would hold more than `max_bytes` or expand as no picture
/// does.
PngImage parse_png(const FileBytes& file, std::uint64_t max_bytes);

}  // namespace lacuna::data
