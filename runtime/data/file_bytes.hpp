#pragma once

#include <cstdint>
#include <string>

namespace lacuna::data {

/// A file as a whole, unpacked where it is gzip.
struct FileBytes {
  std::string path;
  std::string bytes;
  std::string checksum;  ///< xxh3-128 in hex of `bytes`
};

/// Throws DataError as open_text() does.
FileBytes read_bytes(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
