#pragma once

#include <filesystem>
#include <string_view>

#include "runtime/io/file_descriptor.hpp"

namespace lacuna::io {

/// Appends lines to a file (JSON Lines), each with one write(2), so that a reader who follows the
/// file, or finds it after a crash, sees whole lines only.
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
  FileDescriptor file_;
};

}  // namespace lacuna::io
