#pragma once

#include <filesystem>
#include <string_view>

#include "runtime/io/append_file.hpp"

namespace lacuna::io {

/// Appends lines to a file (JSON Lines), each whole or not at all.
class LineWriter {
 public:
  /// Creates the file or goes on at its end; IoError when it cannot be opened.
  explicit LineWriter(const std::filesystem::path& path);

  /// Appends `line` (without line breaks) and a line break. A line that cannot be written whole is
  /// taken back and is an IoError.
  void write(std::string_view line);

  /// Waits until the lines are on disk. Throws IoError.
  void sync() { file_.sync(); }

 private:
  AppendFile file_;
};

}  // namespace lacuna::io
