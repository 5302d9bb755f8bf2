#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lacuna::data {

/// How a file is packed, told by its first bytes.
enum class Packing { none, gzip, bzip2, xz, zstd, zip };

inline constexpr std::size_t magic_bytes = 6;  ///< what packing_of() needs, at most

Packing packing_of(std::string_view first_bytes);

/// The name without the ending that a packing is known by, as .gz; the whole name where it has
/// none.
std::string_view without_packing(std::string_view name);
inline bool promises_packing(std::string_view name) {
  return without_packing(name) != name;
}

/// The bytes of a packed file one after the other.
class Unpacker {
 public:
  virtual ~Unpacker() = default;

  /// Writes up to `size` bytes; fewer at the end only, 0 behind it. Throws DataError that names the
  /// file where it is damaged, truncated or cannot be read.
  virtual std::size_t read(char* to, std::size_t size) = 0;

  /// How many packed bytes were read so far.
  virtual std::uint64_t packed_bytes() const = 0;
};

/// Unpacks a file, or standard input and pipes, which are read once. Members (gzip), streams
/// (bzip2, xz) and frames (zstd) that follow each other are one text. What is not packed is handed
/// through. Of a zip the one `member` is read; empty: the only one that it has. Throws DataError as
/// above, and where an ending such as .gz promises what the file is not.
std::unique_ptr<Unpacker> open_packed(const std::string& path, const std::string& member);

}  // namespace lacuna::data
