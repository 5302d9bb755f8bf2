#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "runtime/error.hpp"

namespace lacuna::io {

/// "cannot <action> <path>: <errno's text>".
IoError os_error(std::string_view action, const std::filesystem::path& path, int error_number);

/// An open file, closed with the object. Every failure is an IoError that names the path.
class FileDescriptor {
 public:
  /// open(2), with O_CLOEXEC.
  FileDescriptor(const std::filesystem::path& path, int flags, mode_t mode = 0666);
  /// Takes over an open descriptor; `name` stands for the path in messages.
  FileDescriptor(int descriptor, std::filesystem::path name);
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();

  int get() const { return descriptor_; }
  const std::filesystem::path& path() const { return path_; }

  /// Writes all of `bytes`, however many calls that takes.
  void write(std::span<const std::byte> bytes);
  /// Fills `bytes` from the current offset; a file that ends before is an error.
  void read(std::span<std::byte> bytes);
  /// fsync(2).
  void sync();
  /// Closes now, so that a delayed write error is not lost.
  void close();

 private:
  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace lacuna::io
