#include "runtime/io/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "runtime/io/folder.hpp"

namespace lacuna::io {

FolderLock FolderLock::create(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw os_error("create the folder", folder, error.value());
  const std::filesystem::path parent = std::filesystem::absolute(folder).parent_path();
  sync_folder(parent);
  sync_folder(parent.parent_path());
  FileDescriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
  // Where a file system knows no locks, nobody can hold one.
  if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw FolderInUse(folder);
  }
  return FolderLock(std::move(descriptor));
}

}  // namespace lacuna::io
