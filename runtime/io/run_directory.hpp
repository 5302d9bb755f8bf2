#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace lacuna::io {

/// The folder that one launch writes to; never one that already holds something.
class RunDirectory {
 public:
  /// Creates `explicit_dir` (the configuration's output.dir) if given, else
  /// <root>/<experiment>-<YYYYmmdd-HHMMSS> in local time, with -2, -3, ... where that exists.
  /// Folders that are missing on the way are created.
  /// Errors: ConfigError for an explicit folder that is not empty or no folder, IoError where
  /// nothing can be written.
  static RunDirectory create(
      const std::filesystem::path& root, std::string_view experiment,
      const std::optional<std::filesystem::path>& explicit_dir = std::nullopt,
      std::chrono::system_clock::time_point now = std::chrono::system_clock::now());

  const std::filesystem::path& path() const { return path_; }

  /// Creates and returns <path>/<variant>/seed-<seed>, without the middle part if `variant` is
  /// empty. ConfigError if it exists: two variants' names then differ in special characters only.
  std::filesystem::path add(std::string_view variant, std::uint64_t seed) const;

 private:
  explicit RunDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace lacuna::io
