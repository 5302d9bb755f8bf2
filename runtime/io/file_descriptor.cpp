#include "runtime/io/file_descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace lacuna::io {

IoError os_error(std::string_view action, const std::filesystem::path& path, int error_number) {
  return IoError(fmt::format("cannot {} {}: {}", action, path.string(),
                             std::generic_category().message(error_number)));
}

FileDescriptor::FileDescriptor(const std::filesystem::path& path, int flags, mode_t mode)
    : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
  if (descriptor_ < 0) throw os_error("open", path_, errno);
}

FileDescriptor::FileDescriptor(int descriptor, std::filesystem::path name)
    : path_(std::move(name)), descriptor_(descriptor) {}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

FileDescriptor::~FileDescriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FileDescriptor::write(std::span<const std::byte> bytes) {
  const std::size_t size = bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      throw os_error(fmt::format("write {} bytes (after {}) to", size, size - bytes.size()), path_,
                     errno);
    }
  }
}

void FileDescriptor::read(std::span<std::byte> bytes) {
  const std::size_t size = bytes.size();
  while (!bytes.empty()) {
    const ssize_t got = ::read(descriptor_, bytes.data(), bytes.size());
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (got == 0) {
      throw IoError(fmt::format("cannot read {}: it ends {} bytes before the {} expected",
                                path_.string(), bytes.size(), size));
    } else if (errno != EINTR) {
      throw os_error("read", path_, errno);
    }
  }
}

void FileDescriptor::sync() {
  if (::fsync(descriptor_) != 0) throw os_error("fsync", path_, errno);
}

void FileDescriptor::close() {
  if (::close(std::exchange(descriptor_, -1)) != 0) throw os_error("close", path_, errno);
}

}  // namespace lacuna::io
