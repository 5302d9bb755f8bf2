#pragma once

#include "runtime/data/text_source.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {

/// A packed file's text, or a pipe's.
class PackedText : public TextSource {
 public:
  /// As open_text().
  PackedText(std::string path, std::unique_ptr<Unpacker> unpacker, std::uint64_t max_bytes,
             std::size_t piece_bytes);

  std::string_view next(std::vector<char>& storage) override;

 private:
  std::size_t read(char* to, std::size_t size);
  void check_limits() const;

  std::string path_;
  std::unique_ptr<Unpacker> unpacker_;
  std::uint64_t max_bytes_;
  std::size_t piece_bytes_;
  std::string rest_;  // the begin of a line, read behind the last piece
  std::uint64_t total_ = 0;
};

/// Throws DataError where so many packed bytes hold more than `max_bytes`, or more than 1000:1
/// beyond 64 MiB.
void check_unpacked(const std::string& path, std::uint64_t bytes, std::uint64_t packed_bytes,
                    std::uint64_t max_bytes);

/// The error of a file beyond data.max_bytes.
DataError too_long(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
