#include "runtime/io/append_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace lacuna::io {

AppendFile::AppendFile(const std::filesystem::path& path)
    : file_(path, O_WRONLY | O_CREAT | O_APPEND) {}

void AppendFile::lock() {
  while (::flock(file_.get(), LOCK_EX) != 0 && errno == EINTR) {
  }
}

bool AppendFile::empty() const {
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) throw os_error("look at", file_.path(), errno);
  return status.st_size == 0;
}

void AppendFile::append(std::string_view bytes, std::string_view name) {
  ssize_t written = 0;
  do {
    written = ::write(file_.get(), bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(bytes.size())) return;

  const int reason = written < 0 ? errno : ENOSPC;
  struct stat status {};
  if (written > 0 && ::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode)) {
    if (::ftruncate(file_.get(), status.st_size - written) != 0) {
      throw os_error(fmt::format("take back the beginning of {} from", name), file_.path(), errno);
    }
  }
  throw os_error(fmt::format("append {} of {} bytes to", name, bytes.size()), file_.path(), reason);
}

}  // namespace lacuna::io
