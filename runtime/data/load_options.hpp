#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace lacuna::data {

/// How a source is loaded; the result is the same for all.
struct LoadOptions {
  int threads = 1;
  /// Folder that keeps what was parsed of files; empty: none.
  std::filesystem::path cache = {};
  bool keep = true;  ///< false: what is kept there is used, nothing is added
  /// Smaller files are not worth keeping, in bytes.
  std::uintmax_t cached_from = std::uintmax_t{8} << 20;
  std::function<void(const std::string&)> remark = [](const std::string&) {};
};

}  // namespace lacuna::data
