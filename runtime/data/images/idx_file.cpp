#include "runtime/data/images/idx_file.hpp"

#include <fmt/format.h>

#include <string_view>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr unsigned type_of_bytes = 0x08;

std::string_view name_of_type(unsigned type) {
  switch (type) {
    case 0x09:
      return "signed bytes";
    case 0x0B:
      return "16-bit integers";
    case 0x0C:
      return "32-bit integers";
    case 0x0D:
      return "float32";
    case 0x0E:
      return "float64";
    default:
      return "no type that IDX has";
  }
}

class Reader {
 public:
  explicit Reader(const FileBytes& file) : file_(file) {}

  IdxArray read() {
    need(4, "the header");
    if (byte(0) != 0 || byte(1) != 0) fail(0, "an IDX file begins with two zero bytes");
    if (byte(2) != type_of_bytes) {
      fail(2, fmt::format("type 0x{:02x}, {}: unsigned bytes (0x08) are read", byte(2),
                          name_of_type(byte(2))));
    }
    IdxArray array{.shape = {}, .values = {}, .checksum = file_.checksum};
    const unsigned extents = byte(3);
    if (extents == 0) fail(3, "an array without extents");
    need(4 + 4 * std::size_t{extents}, "its extents");
    std::uint64_t size = 1;
    for (std::size_t e = 0; e < extents; ++e) {
      array.shape.push_back(extent(4 + 4 * e));
      size *= static_cast<std::uint64_t>(array.shape.back());
      if (size > file_.bytes.size()) fail(4 + 4 * e, ends_early(size));
    }
    const std::size_t begin = 4 + 4 * std::size_t{extents};
    if (file_.bytes.size() < begin + size) fail(file_.bytes.size(), ends_early(size));
    if (file_.bytes.size() > begin + size) {
      fail(begin + size, "more bytes follow than the extents in its header say");
    }
    array.values.assign(file_.bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                        file_.bytes.end());
    return array;
  }

 private:
  unsigned byte(std::size_t at) const { return static_cast<unsigned char>(file_.bytes[at]); }

  std::int64_t extent(std::size_t at) const {
    return std::int64_t{byte(at)} << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3);
  }

  void need(std::size_t bytes, std::string_view what) const {
    if (file_.bytes.size() >= bytes) return;
    fail(file_.bytes.size(), fmt::format("ends within {}", what));
  }

  std::string ends_early(std::uint64_t size) const {
    return fmt::format("holds {} bytes, but its extents ask for {} values or more: fetch it again",
                       file_.bytes.size(), size);
  }

  [[noreturn]] void fail(std::size_t at, std::string_view what) const {
    throw DataError(fmt::format("{}: byte {}: {}", file_.path, at, what));
  }

  const FileBytes& file_;
};

}  // namespace

IdxArray read_idx(const std::string& path, std::uint64_t max_bytes) {
  return parse_idx(read_bytes(path, max_bytes));
}

IdxArray parse_idx(const FileBytes& file) {
  return Reader(file).read();
}

}  // namespace lacuna::data
