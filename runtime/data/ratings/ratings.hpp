#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::data {

/// The file's own ids by index, ascending, so that an index does not depend on the order of the
/// file.
struct IdMaps {
  std::vector<std::uint64_t> user;
  std::vector<std::uint64_t> item;
};

/// Observed ratings as a struct of arrays. Entries are sorted by (user, item); no pair occurs
/// twice.
struct Ratings {
  IdMaps ids;
  std::vector<std::int32_t> user;  ///< index into ids.user
  std::vector<std::int32_t> item;  ///< index into ids.item
  std::vector<float> value;
  std::vector<float> truth;  ///< noise-free value of each entry; generated data only, else empty
  std::string source;        ///< the file's path, or "synthetic"
  std::string checksum;  ///< xxh3-128 in hex of the uncompressed file, or of the generated arrays

  std::int64_t size() const { return static_cast<std::int64_t>(value.size()); }
  std::int64_t users() const { return static_cast<std::int64_t>(ids.user.size()); }
  std::int64_t items() const { return static_cast<std::int64_t>(ids.item.size()); }
};

}  // namespace lacuna::data
