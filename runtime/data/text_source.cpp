#include "runtime/data/text_source.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "runtime/data/packed_path.hpp"
#include "runtime/data/packed_text.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

class MappedText : public TextSource {
 public:
  MappedText(io::MappedFile file, std::size_t piece_bytes)
      : file_(std::move(file)), rest_(file_.bytes()), piece_bytes_(piece_bytes) {}

  std::string_view next(std::vector<char>&) override {
    std::size_t end = rest_.size();
    if (piece_bytes_ < end) {
      // Without a line end that far it is no data file: what parses the piece will say so.
      const std::size_t most = std::min(end, piece_bytes_ + max_line_bytes + 1);
      const std::size_t newline = rest_.substr(0, most).find('\n', piece_bytes_ - 1);
      end = std::min(newline, most - 1) + 1;
    }
    const std::string_view piece = rest_.substr(0, end);
    rest_.remove_prefix(end);
    checksum_.update(piece.data(), piece.size());
    return piece;
  }

  void release(std::string_view piece) const override { file_.release(piece); }

 private:
  io::MappedFile file_;
  std::string_view rest_;
  std::size_t piece_bytes_;
};

}  // namespace

io::MappedFile map_data(const std::string& path) {
  try {
    return io::MappedFile(path);
  } catch (const IoError& error) {
    throw DataError(error.what());
  }
}

std::unique_ptr<TextSource> open_text(const std::string& path, std::uint64_t max_bytes,
                                      std::size_t piece_bytes) {
  const PackedPath place = split_packed(path);
  std::error_code ignored;
  if (place.member.empty() && std::filesystem::is_regular_file(place.file, ignored)) {
    io::MappedFile file = map_data(path);
    if (packing_of(file.bytes()) == Packing::none && !promises_packing(path)) {
      if (file.bytes().size() > max_bytes) throw too_long(path, max_bytes);
      return std::make_unique<MappedText>(std::move(file), piece_bytes);
    }
  }
  return std::make_unique<PackedText>(path, open_packed(place.file, place.member), max_bytes,
                                      piece_bytes);
}

}  // namespace lacuna::data
