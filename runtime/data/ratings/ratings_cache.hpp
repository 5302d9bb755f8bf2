#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "runtime/data/ratings/ratings.hpp"
#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::data {

/// Keeps the ratings of large files, so that they are parsed once only: <folder>/<key>.safetensors
/// holds their arrays (users, items: ids that are numbers, their bits as I64; user_texts, user_ends
/// and so on: those that are texts; user, item, value, time by entry), and as metadata what they
/// were made of and a checksum over all of it. Nothing here is an error: what cannot be read is as
/// good as absent, what cannot be written is left out, with a remark.
class RatingsCache {
 public:
  using Remark = std::function<void(const std::string&)>;

  /// `settings`: where the ratings come from; its path and split do not matter.
  RatingsCache(std::filesystem::path folder, RatingsSource settings, Remark remark);

  /// xxh3-128 in hex of the bytes of the file `source` and the settings. Throws DataError if it
  /// cannot be read.
  std::string key(const std::string& source) const;

  /// The ratings of `source` under this key, with a remark; nothing if they are not there or
  /// damaged.
  std::optional<Ratings> find(const std::string& key, const std::string& source) const;

  void keep(const std::string& key, const Ratings& ratings) const;

 private:
  std::filesystem::path file(const std::string& key) const;

  std::filesystem::path folder_;
  std::string settings_;
  Remark remark_;
};

}  // namespace lacuna::data
