#include "runtime/data/packed_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/data/row_fields.hpp"

namespace lacuna::data {
namespace {

constexpr std::uint64_t ratio_checked_above = std::uint64_t{64} << 20;
constexpr std::uint64_t max_ratio = 1000;

}  // namespace

PackedText::PackedText(std::string path, std::unique_ptr<Unpacker> unpacker,
                       std::uint64_t max_bytes, std::size_t piece_bytes)
    : path_(std::move(path)),
      unpacker_(std::move(unpacker)),
      max_bytes_(max_bytes),
      piece_bytes_(piece_bytes) {}

std::string_view PackedText::next(std::vector<char>& storage) {
  std::size_t size = rest_.size();
  storage.resize(std::max(storage.size(), size + piece_bytes_));
  rest_.copy(storage.data(), size);
  rest_.clear();
  while (const std::size_t got = read(storage.data() + size, piece_bytes_)) {
    const std::string_view fresh(storage.data() + size, got);  // what stands before has no newline
    size += got;
    if (const std::size_t newline = fresh.rfind('\n'); newline != std::string_view::npos) {
      rest_ = fresh.substr(newline + 1);
      size -= rest_.size();
      break;
    }
    if (size > max_line_bytes) break;  // no row of data: its parser will say so
    storage.resize(std::max(storage.size(), size + piece_bytes_));
  }
  checksum_.update(storage.data(), size);
  return {storage.data(), size};
}

std::size_t PackedText::read(char* to, std::size_t size) {
  const std::size_t got = unpacker_->read(to, size);
  total_ += got;
  check_limits();
  return got;
}

void PackedText::check_limits() const {
  check_unpacked(path_, total_, unpacker_->packed_bytes(), max_bytes_);
}

void check_unpacked(const std::string& path, std::uint64_t bytes, std::uint64_t packed_bytes,
                    std::uint64_t max_bytes) {
  if (bytes > max_bytes) throw too_long(path, max_bytes);
  if (bytes <= ratio_checked_above) return;
  if (bytes / max_ratio > packed_bytes) {
    throw DataError(
        fmt::format("{} expands more than {}:1, as no data file does: unpack it if it is one", path,
                    max_ratio));
  }
}

DataError too_long(const std::string& path, std::uint64_t max_bytes) {
  return DataError(fmt::format(
      "{} holds more than {} bytes uncompressed: raise data.max_bytes if that is intended", path,
      max_bytes));
}

}  // namespace lacuna::data
