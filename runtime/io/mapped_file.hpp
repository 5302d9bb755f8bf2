#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace lacuna::io {

/// A regular file's bytes, mapped for reading. A program that shortens the file meanwhile ends this
/// one with SIGBUS: no portable code can answer that, so inputs must not be truncated in use.
class MappedFile {
 public:
  /// IoError if the file cannot be opened or is not a regular file.
  explicit MappedFile(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }

  /// Gives the memory of a part of bytes() back; it is read from the file again if need be. Any
  /// thread may call it.
  void release(std::string_view part) const;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace lacuna::io
