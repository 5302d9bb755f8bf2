#include "runtime/data/text_reader.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;
constexpr unsigned zlib_buffer_bytes = 1u << 17;
constexpr std::uint64_t ratio_checked_above = std::uint64_t{64} << 20;
constexpr std::uint64_t max_ratio = 1000;

}  // namespace

TextReader::TextReader(std::string path, std::uint64_t max_bytes)
    : path_(std::move(path)), max_bytes_(max_bytes), buffer_(block_bytes) {
  errno = 0;
  file_.reset(gzopen(path_.c_str(), "rb"));
  if (!file_) throw DataError(fmt::format("cannot open {}: {}", path_, std::strerror(errno)));
  gzbuffer(file_.get(), zlib_buffer_bytes);
  // zlib hands a file without gzip's magic bytes through as it is.
  if (path_.ends_with(".gz") && gzdirect(file_.get()) != 0) {
    throw DataError(path_ +
                    " is not a gzip file: fetch it again, or rename it if it is plain text");
  }
}

void TextReader::Close::operator()(gzFile_s* file) const {
  gzclose_r(file);
}

std::string_view TextReader::next_lines() {
  const std::size_t rest = end_ - begin_;
  std::memmove(buffer_.data(), buffer_.data() + begin_, rest);
  begin_ = 0;
  end_ = rest + fill(rest);
  std::size_t length = end_;
  if (end_ == buffer_.size()) {
    const std::size_t newline = std::string_view(buffer_.data(), end_).rfind('\n');
    if (newline == std::string_view::npos) {
      throw DataError(fmt::format("{} has a line longer than {} bytes: not a file of ratings",
                                  path_, block_bytes));
    }
    length = newline + 1;
  }
  begin_ = length;
  return {buffer_.data(), length};
}

std::size_t TextReader::fill(std::size_t offset) {
  const auto room = static_cast<unsigned>(buffer_.size() - offset);
  errno = 0;
  const int got = gzread(file_.get(), buffer_.data() + offset, room);
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
  const auto size = static_cast<std::size_t>(got);
  total_ += size;
  check_limits();
  checksum_.update(buffer_.data() + offset, size);
  return size;
}

void TextReader::check_limits() const {
  if (total_ > max_bytes_) {
    throw DataError(fmt::format(
        "{} holds more than {} bytes uncompressed: raise data.max_bytes if that is intended", path_,
        max_bytes_));
  }
  if (total_ <= ratio_checked_above) return;
  const auto compressed = static_cast<std::uint64_t>(gzoffset(file_.get()));
  if (total_ / max_ratio > compressed) {
    throw DataError(
        fmt::format("{} expands more than {}:1: not a file of ratings", path_, max_ratio));
  }
}

}  // namespace lacuna::data
