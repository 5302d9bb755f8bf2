#include "runtime/io/line_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace lacuna::io {

LineWriter::LineWriter(const std::filesystem::path& path)
    : file_(path, O_WRONLY | O_CREAT | O_APPEND) {}

void LineWriter::write(std::string_view line) {
  const std::string bytes = std::string(line) + '\n';
  ssize_t written = 0;
  do {
    written = ::write(file_.get(), bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(bytes.size())) return;

  const int reason = written < 0 ? errno : ENOSPC;
  struct stat status {};
  if (written > 0 && ::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode)) {
    if (::ftruncate(file_.get(), status.st_size - written) != 0) {
      throw os_error("take back half a line from", file_.path(), errno);
    }
  }
  throw os_error(fmt::format("append a line of {} bytes to", bytes.size()), file_.path(), reason);
}

}  // namespace lacuna::io
