#include "runtime/io/crc32c.hpp"

#include <nmmintrin.h>

#include <cstring>

namespace lacuna::io {

std::uint32_t crc32c(std::string_view bytes) {
  std::uint64_t crc = 0xffffffff;
  std::uint64_t word = 0;
  for (; bytes.size() >= sizeof word; bytes.remove_prefix(sizeof word)) {
    std::memcpy(&word, bytes.data(), sizeof word);
    crc = _mm_crc32_u64(crc, word);
  }
  auto rest = static_cast<std::uint32_t>(crc);
  for (const char c : bytes) rest = _mm_crc32_u8(rest, static_cast<unsigned char>(c));
  return ~rest;
}

}  // namespace lacuna::io
