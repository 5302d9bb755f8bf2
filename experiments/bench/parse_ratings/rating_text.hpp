#pragma once

#include <cstdint>
#include <string>

#include "runtime/io/file_descriptor.hpp"

namespace lacuna::experiments::bench {

/// Sizes of a ratings file; the defaults give more than 100 MB of rows as MovieLens 10M has them.
struct TextShape {
  std::int64_t rows = 4'500'000;
  std::int64_t users = 69'878;
  std::int64_t items = 10'677;

  bool operator==(const TextShape&) const = default;
};

/// Rows `user::item::rating::timestamp`, by user, popular items more often; half stars. A function
/// of the shape.
std::string rating_text(const TextShape& shape);

/// A file in memory: no disk is timed, and nothing is left behind however the program ends.
class TextInMemory {
 public:
  /// Throws IoError where there is no room.
  explicit TextInMemory(const std::string& text);

  /// Opens it, while the object lives, in this process.
  std::string path() const;
  std::size_t bytes() const { return bytes_; }

 private:
  io::FileDescriptor file_;
  std::size_t bytes_;
};

}  // namespace lacuna::experiments::bench
