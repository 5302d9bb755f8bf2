#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct XXH3_state_s;

namespace lacuna::data {

/// xxh3-128 of the bytes given so far.
class Checksum {
 public:
  Checksum();

  void update(const void* bytes, std::size_t size);
  /// 32 hexadecimal digits, as `xxhsum -H2` prints them.
  std::string hex() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

/// The same of bytes that lie in one place.
std::string checksum_of(std::span<const std::byte> bytes);

}  // namespace lacuna::data
