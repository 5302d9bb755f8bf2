#pragma once

#include <filesystem>

#include "runtime/io/file_descriptor.hpp"

namespace lacuna::io {

/// Another process works in the folder: nothing is wrong with what is in it.
struct FolderInUse : IoError {
  explicit FolderInUse(const std::filesystem::path& folder)
      : IoError(folder.string() + ": another process is training in this folder") {}
};

/// A folder that no other process works in; the lock goes with the object or the process, and
/// leaves no file behind.
class FolderLock {
 public:
  /// Creates the folder where it is missing. Throws IoError; FolderInUse where another process
  /// holds it.
  static FolderLock create(const std::filesystem::path& folder);

 private:
  explicit FolderLock(FileDescriptor folder) : folder_(std::move(folder)) {}

  FileDescriptor folder_;
};

}  // namespace lacuna::io
