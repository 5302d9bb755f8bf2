#include "runtime/data/unpacker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "runtime/data/packed_stream.hpp"
#include "runtime/data/zip_member.hpp"
#include "runtime/error.hpp"
#include "runtime/io/file_descriptor.hpp"

namespace lacuna::data {
namespace {

struct KnownPacking {
  Packing packing;
  std::string_view magic;
  std::string_view ending;
  std::string_view name;
};
using std::literals::operator""sv;
constexpr std::array known_packings{
    KnownPacking{Packing::gzip, "\x1f\x8b"sv, ".gz", "a gzip file"},
    KnownPacking{Packing::bzip2, "BZh"sv, ".bz2", "a bzip2 file"},
    KnownPacking{Packing::xz, "\xfd\x37zXZ\0"sv, ".xz", "an xz file"},
    KnownPacking{Packing::zstd, "\x28\xb5\x2f\xfd"sv, ".zst", "a zstd file"},
    KnownPacking{Packing::zip, "PK\x03\x04"sv, ".zip", "a zip file"},
    KnownPacking{Packing::zip, "PK\x05\x06"sv, ".zip", "a zip file"},  // an empty one
};

std::string_view name_of(Packing packing) {
  for (const KnownPacking& known : known_packings) {
    if (known.packing == packing) return known.name;
  }
  return "a plain file";
}

/// Reads a file descriptor ahead, so that its first bytes may be looked at.
class RawBytes {
 public:
  explicit RawBytes(const std::string& path)
      : descriptor_(open_file(path)), buffer_(buffer_bytes, '\0') {
    while (end_ < magic_bytes && fill()) {
    }
  }

  std::string_view first() const { return {buffer_.data(), std::min(end_, magic_bytes)}; }

  /// The next bytes, of which some may be left by take(); empty at the end.
  std::string_view look() {
    if (begin_ == end_) {
      begin_ = end_ = 0;
      fill();
    }
    return {buffer_.data() + begin_, end_ - begin_};
  }
  void take(std::size_t size) {
    begin_ += size;
    taken_ += size;
  }
  std::uint64_t taken() const { return taken_; }

 private:
  static constexpr std::size_t buffer_bytes = std::size_t{1} << 17;

  static io::FileDescriptor open_file(const std::string& path) {
    try {
      return {path, O_RDONLY};
    } catch (const IoError& error) {
      throw DataError(error.what());
    }
  }

  bool fill() {
    ssize_t got = 0;
    do {
      got = ::read(descriptor_.get(), buffer_.data() + end_, buffer_.size() - end_);
    } while (got < 0 && errno == EINTR);
    if (got < 0) throw DataError(io::os_error("read", descriptor_.path(), errno).what());
    end_ += static_cast<std::size_t>(got);
    return got > 0;
  }

  io::FileDescriptor descriptor_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t taken_ = 0;
};

/// Through a decoder, stream after stream.
class StreamUnpacker final : public Unpacker {
 public:
  StreamUnpacker(std::string path, RawBytes bytes, Packing packing)
      : path_(std::move(path)), packing_(packing), bytes_(std::move(bytes)) {
    if (packing != Packing::none) decoder_ = make_decoder(packing);
  }

  std::size_t read(char* to, std::size_t size) override {
    std::size_t got = 0;
    while (got < size && !ended_) {
      const std::string_view packed = bytes_.look();
      got += packed.empty() ? finish(to + got, size - got) : decode(packed, to + got, size - got);
    }
    return got;
  }

  std::uint64_t packed_bytes() const override { return bytes_.taken(); }

 private:
  std::size_t decode(std::string_view packed, char* to, std::size_t size) {
    if (!decoder_) {
      const std::size_t count = std::min(packed.size(), size);
      std::memcpy(to, packed.data(), count);
      bytes_.take(count);
      return count;
    }
    if (between_streams_) {
      // gzip and bzip2 tolerate whatever follows their last stream, as their tools do.
      if (!decoder_->starts_stream(packed)) {
        ended_ = true;
        return 0;
      }
      decoder_->restart();
      between_streams_ = false;
    }
    const Decoded step = decoder_->decode(packed, to, size);
    bytes_.take(step.consumed);
    check(step);
    between_streams_ = step.end_of_stream;
    return step.produced;
  }

  /// There are no more packed bytes; the decoder may still hold output.
  std::size_t finish(char* to, std::size_t size) {
    if (!decoder_ || between_streams_) {
      ended_ = true;
      return 0;
    }
    const Decoded step = decoder_->decode({}, to, size);
    check(step);
    if (step.produced == 0 && !step.end_of_stream) {
      throw DataError(
          fmt::format("{} is a truncated {} file: fetch it again", path_, short_name()));
    }
    between_streams_ = step.end_of_stream;
    return step.produced;
  }

  std::string_view short_name() const {
    const std::string_view name = name_of(packing_);  // "a gzip file"
    return name.substr(name.find(' ') + 1, name.rfind(' ') - name.find(' ') - 1);
  }

  void check(const Decoded& step) const {
    if (step.unpack != nullptr) {
      throw DataError(
          fmt::format("{} needs more than {} MiB of memory to be unpacked: unpack it "
                      "with {}, and set the path to what that gives",
                      path_, (1 << max_memory_bits) >> 20, step.unpack));
    }
    if (step.fault == nullptr) return;
    throw DataError(fmt::format("{} is a damaged {} file ({}): fetch it again", path_, short_name(),
                                step.fault));
  }

  std::string path_;
  Packing packing_;
  RawBytes bytes_;
  std::unique_ptr<Decoder> decoder_;
  bool between_streams_ = false;
  bool ended_ = false;
};

void check_ending(const std::string& path, Packing found) {
  for (const KnownPacking& known : known_packings) {
    if (!path.ends_with(known.ending) || known.packing == found) continue;
    throw DataError(
        fmt::format("{} is not {}{}: fetch it again, or rename it", path, known.name,
                    found == Packing::none ? "" : fmt::format(" but {}", name_of(found))));
  }
}

}  // namespace

Packing packing_of(std::string_view first_bytes) {
  for (const KnownPacking& known : known_packings) {
    if (first_bytes.starts_with(known.magic)) return known.packing;
  }
  return Packing::none;
}

std::string_view without_packing(std::string_view name) {
  for (const KnownPacking& known : known_packings) {
    if (name.ends_with(known.ending)) return name.substr(0, name.size() - known.ending.size());
  }
  return name;
}

std::unique_ptr<Unpacker> open_packed(const std::string& path, const std::string& member) {
  RawBytes bytes(path);
  const Packing packing = packing_of(bytes.first());
  check_ending(path, packing);
  if (packing == Packing::zip) return open_zip_member(path, member);
  if (!member.empty()) {
    throw DataError(fmt::format("no file {}/{}: {} is no zip file", path, member, path));
  }
  return std::make_unique<StreamUnpacker>(path, std::move(bytes), packing);
}

}  // namespace lacuna::data
