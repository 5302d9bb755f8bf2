#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/ids.hpp"

namespace lacuna::data {

/// The file's own ids by index.
struct IdMaps {
  Ids user;
  Ids item;
};

/// What a rating is for.
enum class RatingsPart : std::uint8_t { train, validation, test };

/// Observed ratings as a struct of arrays. Entries are sorted by (user, item); no pair occurs
/// twice.
struct Ratings {
  IdMaps ids;
  std::vector<std::int32_t> user;  ///< index into ids.user
  std::vector<std::int32_t> item;  ///< index into ids.item
  std::vector<float> value;
  std::vector<double> time;       ///< when each was given; empty: not read
  std::vector<RatingsPart> part;  ///< of files that come split; empty: one file
  std::vector<float> truth;  ///< noise-free value of each entry; generated data only, else empty
  std::vector<std::string> notes;  ///< what reading took for granted and left out, for people
  std::string source;              ///< the file's path, or "synthetic"
  std::string checksum;  ///< xxh3-128 in hex of the uncompressed file, or of the generated arrays

  std::int64_t size() const { return static_cast<std::int64_t>(value.size()); }
  std::int64_t users() const { return ids.user.size(); }
  std::int64_t items() const { return ids.item.size(); }
};

}  // namespace lacuna::data
