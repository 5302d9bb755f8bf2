#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/checksum.hpp"

struct gzFile_s;

namespace lacuna::data {

/// Reads a text file, plain or gzip (by its ".gz"), in blocks of whole lines.
class TextReader {
 public:
  /// Throws DataError if the file cannot be opened. `max_bytes` limits the uncompressed size;
  /// beyond 64 MiB a gzip may not expand by more than 1000:1 either.
  TextReader(std::string path, std::uint64_t max_bytes);

  /// The next whole lines with their newlines; the file's last line may lack one. Empty at the end.
  /// Valid until the next call. Throws DataError on a damaged or truncated gzip, a read error, a
  /// line longer than a block, or a file beyond the limits.
  std::string_view next_lines();

  /// xxh3-128 in hex of the uncompressed bytes read so far.
  std::string checksum() const { return checksum_.hex(); }

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };
  std::size_t fill(std::size_t offset);
  void check_limits() const;

  std::string path_;
  std::uint64_t max_bytes_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // the part of the buffer not handed out yet
  std::size_t end_ = 0;
  std::uint64_t total_ = 0;
  Checksum checksum_;
};

}  // namespace lacuna::data
