#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/checksum.hpp"
#include "runtime/io/mapped_file.hpp"

namespace lacuna::data {

inline constexpr std::uint64_t default_max_bytes = std::uint64_t{8} << 30;  ///< of a text file

/// A text file, cut into pieces of whole lines.
class TextSource {
 public:
  virtual ~TextSource() = default;

  /// The next piece with its newlines; the file's last line may lack one. Empty at the end. The
  /// piece may lie in `storage` and lives until that changes. Throws DataError where the file
  /// cannot be read.
  virtual std::string_view next(std::vector<char>& storage) = 0;

  /// Says that nobody looks at a piece any more. Any thread may call it.
  virtual void release(std::string_view) const {}

  /// xxh3-128 in hex of the uncompressed bytes handed out so far.
  std::string checksum() const { return checksum_.hex(); }

 protected:
  Checksum checksum_;
};

/// Opens a regular file as it is by mapping it; what is packed (gzip, bzip2, xz, zstd, zip, by its
/// first bytes) and pipes are streamed. The path may go on inside a zip, as split_packed() reads
/// it. A piece is about `piece_bytes` long. Throws DataError if the file cannot be opened, or is
/// longer than `max_bytes` uncompressed; a packed one is found to be so by next(), and may not
/// expand by more than 1000:1 beyond 64 MiB either.
std::unique_ptr<TextSource> open_text(const std::string& path, std::uint64_t max_bytes,
                                      std::size_t piece_bytes);

/// io::MappedFile, with a DataError in place of its IoError.
io::MappedFile map_data(const std::string& path);

}  // namespace lacuna::data
