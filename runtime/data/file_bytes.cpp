#include "runtime/data/file_bytes.hpp"

#include <vector>

#include "runtime/data/text_source.hpp"

namespace lacuna::data {

FileBytes read_bytes(const std::string& path, std::uint64_t max_bytes) {
  constexpr std::size_t piece_bytes = std::size_t{4} << 20;
  const std::unique_ptr<TextSource> source = open_text(path, max_bytes, piece_bytes);
  FileBytes file{.path = path, .bytes = {}, .checksum = {}};
  std::vector<char> storage;
  for (std::string_view piece = source->next(storage); !piece.empty();
       piece = source->next(storage)) {
    file.bytes += piece;
  }
  file.checksum = source->checksum();
  return file;
}

}  // namespace lacuna::data
