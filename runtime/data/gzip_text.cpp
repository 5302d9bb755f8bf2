#include "runtime/data/gzip_text.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "runtime/data/row_fields.hpp"

namespace lacuna::data {
namespace {

constexpr unsigned zlib_buffer_bytes = 1u << 17;
constexpr std::uint64_t ratio_checked_above = std::uint64_t{64} << 20;
constexpr std::uint64_t max_ratio = 1000;
constexpr std::size_t max_read = std::numeric_limits<int>::max();  // of one gzread()

}  // namespace

GzipText::GzipText(std::string path, std::uint64_t max_bytes, std::size_t piece_bytes)
    : path_(std::move(path)), max_bytes_(max_bytes), piece_bytes_(std::min(piece_bytes, max_read)) {
  errno = 0;
  file_.reset(gzopen(path_.c_str(), "rb"));
  if (!file_) throw DataError(fmt::format("cannot open {}: {}", path_, std::strerror(errno)));
  gzbuffer(file_.get(), zlib_buffer_bytes);
  if (path_.ends_with(".gz") && gzdirect(file_.get()) != 0) {
    throw DataError(path_ +
                    " is not a gzip file: fetch it again, or rename it if it is plain text");
  }
}

void GzipText::Close::operator()(gzFile_s* file) const {
  gzclose_r(file);
}

std::string_view GzipText::next(std::vector<char>& storage) {
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

/// Fewer than `size` bytes at the end of the file only.
std::size_t GzipText::read(char* to, std::size_t size) {
  errno = 0;
  const int got = gzread(file_.get(), to, static_cast<unsigned>(size));
  int status = Z_OK;
  const char* message = gzerror(file_.get(), &status);
  if (status == Z_BUF_ERROR) {
    throw DataError(path_ + " is a truncated gzip file: fetch it again");
  }
  if (status == Z_ERRNO) {
    throw DataError(fmt::format("cannot read {}: {}", path_, std::strerror(errno)));
  }
  if (got < 0 || status < 0) {
    throw DataError(fmt::format("{} is a damaged gzip file ({}): fetch it again", path_, message));
  }
  total_ += static_cast<std::size_t>(got);
  check_limits();
  return static_cast<std::size_t>(got);
}

void GzipText::check_limits() const {
  if (total_ > max_bytes_) throw too_long(path_, max_bytes_);
  if (total_ <= ratio_checked_above) return;
  const auto compressed = static_cast<std::uint64_t>(gzoffset(file_.get()));
  if (total_ / max_ratio > compressed) {
    throw DataError(fmt::format("{} expands more than {}:1: not a data file", path_, max_ratio));
  }
}

DataError too_long(const std::string& path, std::uint64_t max_bytes) {
  return DataError(fmt::format(
      "{} holds more than {} bytes uncompressed: raise data.max_bytes if that is intended", path,
      max_bytes));
}

}  // namespace lacuna::data
