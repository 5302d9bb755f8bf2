#pragma once

#include <filesystem>
#include <string_view>

#include "runtime/io/file_descriptor.hpp"

namespace lacuna::io {

/// A file that grows by pieces, each added at its end with one write(2), so that a reader who
/// follows the file, or finds it after a crash, sees whole pieces only.
class AppendFile {
 public:
  /// Creates the file or goes on at its end; IoError when it cannot be opened.
  explicit AppendFile(const std::filesystem::path& path);

  /// Waits until no other process holds it like this, as long as this object lives. Where a file
  /// system knows no locks, nobody can hold one.
  void lock();

  /// Whether it has no bytes yet.
  bool empty() const;

  /// Appends `bytes`; messages call them `name` ("a line"). What cannot be written whole is taken
  /// back and is an IoError.
  void append(std::string_view bytes, std::string_view name);

  /// Waits until it is on disk. Throws IoError.
  void sync() { file_.sync(); }

 private:
  FileDescriptor file_;
};

}  // namespace lacuna::io
