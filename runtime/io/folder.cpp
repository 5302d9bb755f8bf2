#include "runtime/io/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>

#include "runtime/io/file_descriptor.hpp"

namespace lacuna::io {

namespace fs = std::filesystem;

std::vector<fs::path> entries(const fs::path& folder) {
  struct Close {
    void operator()(DIR* opened) const { ::closedir(opened); }
  };
  const std::unique_ptr<DIR, Close> opened(::opendir(folder.c_str()));
  if (opened == nullptr) throw os_error("read the folder", folder, errno);
  std::vector<fs::path> found;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(opened.get());
    if (entry == nullptr) break;
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name != "." && name != "..") found.push_back(folder / name);
  }
  if (errno != 0) throw os_error("read the folder", folder, errno);
  std::ranges::sort(found);
  return found;
}

void remove_folder(const fs::path& folder) {
  if (!fs::exists(fs::symlink_status(folder))) return;
  for (const fs::path& entry : entries(folder)) {
    if (fs::is_directory(fs::symlink_status(entry))) {
      remove_folder(entry);
    } else {
      fs::remove(entry);
    }
  }
  fs::remove(folder);
}

void sync_folder(const fs::path& path) {
  FileDescriptor folder(path, O_RDONLY | O_DIRECTORY);
  // Some network file systems cannot fsync a folder and say so.
  if (::fsync(folder.get()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    throw os_error("fsync the folder", path, errno);
  }
}

}  // namespace lacuna::io
