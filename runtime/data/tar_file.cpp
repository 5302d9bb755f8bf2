#include "runtime/data/tar_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t block = 512;

/// A header (POSIX 1003.1): name, mode, owner, group, size, time, checksum, type, link, magic ...
class Header {
 public:
  Header(const FileBytes& archive, std::size_t at)
      : archive_(archive), at_(at), bytes_(std::string_view(archive.bytes).substr(at, block)) {
    if (bytes_.size() < block) fail("ends early: fetch it again");
  }

  bool is_end() const { return bytes_.find_first_not_of('\0') == std::string_view::npos; }
  bool is_file() const { return bytes_[156] == '0' || bytes_[156] == '\0'; }

  std::string name() const {
    const std::string prefix = is_posix() ? text(345, 155) : "";
    return prefix.empty() ? text(0, 100) : prefix + "/" + text(0, 100);
  }

  std::uint64_t size() const { return octal(124, 12); }

  /// The sum of its bytes, those of the sum itself taken for blanks.
  void check() const {
    const auto add = [](std::uint64_t sum, char c) { return sum + static_cast<unsigned char>(c); };
    std::uint64_t sum =
        std::accumulate(bytes_.begin(), bytes_.begin() + 148, 8 * std::uint64_t{' '}, add);
    sum = std::accumulate(bytes_.begin() + 156, bytes_.end(), sum, add);
    if (sum != octal(148, 8)) fail("no header of a tar archive, or a damaged one: fetch it again");
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw DataError(fmt::format("{}: byte {} of the archive: {}", archive_.path, at_, what));
  }

 private:
  bool is_posix() const { return bytes_.substr(257, 6) == std::string_view("ustar", 6); }

  std::string text(std::size_t at, std::size_t size) const {
    const std::string_view field = bytes_.substr(at, size);
    return std::string(field.substr(0, field.find('\0')));
  }

  std::uint64_t octal(std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (const char c : bytes_.substr(at, size)) {
      if (c == ' ' || c == '\0') continue;
      if (c < '0' || c > '7') fail("no header of a tar archive, or one of a file beyond 8 GiB");
      value = 8 * value + static_cast<std::uint64_t>(c - '0');
    }
    return value;
  }

  const FileBytes& archive_;
  std::size_t at_;
  std::string_view bytes_;
};

}  // namespace

std::vector<TarMember> tar_members(const FileBytes& archive) {
  std::vector<TarMember> members;
  const std::string_view bytes = archive.bytes;
  for (std::size_t at = 0; at < bytes.size();) {
    const Header header(archive, at);
    if (header.is_end()) break;
    header.check();
    const std::uint64_t size = header.size();
    at += block;
    if (size > bytes.size() - at) header.fail("this file ends early: fetch the archive again");
    if (header.is_file()) members.push_back({header.name(), bytes.substr(at, size)});
    at += std::min<std::size_t>((size + block - 1) / block * block, bytes.size() - at);
  }
  return members;
}

}  // namespace lacuna::data
