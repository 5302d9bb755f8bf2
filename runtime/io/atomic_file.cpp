#include "runtime/io/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

#include "runtime/io/file_descriptor.hpp"
#include "runtime/io/folder.hpp"

namespace lacuna::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view temporary_mark = ".tmp-";

/// Removes the file unless it was renamed away.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target) : file_(create(target)), path_(file_.path()) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!renamed_) ::unlink(path_.c_str());
  }

  FileDescriptor& file() { return file_; }

  void rename_to(const fs::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) throw os_error("rename to", target, errno);
    renamed_ = true;
  }

 private:
  // Not mkstemp: its files are readable by the owner only, whatever the umask says.
  static FileDescriptor create(const fs::path& target) {
    for (int attempt = 0;; ++attempt) {
      fs::path name = target;
      name += fmt::format("{}{}-{}", temporary_mark, ::getpid(), attempt);
      const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor >= 0) return {descriptor, name};
      if (errno != EEXIST) throw os_error("create", name, errno);
    }
  }

  FileDescriptor file_;
  fs::path path_;
  bool renamed_ = false;
};

}  // namespace

void remove_temporaries(const fs::path& folder) {
  for (const fs::path& entry : entries(folder)) {
    const std::string name = entry.filename().string();
    std::error_code ignored;
    if (name.find(temporary_mark) != std::string::npos) fs::remove(entry, ignored);
  }
}

void write_file_atomically(const fs::path& path,
                           const std::function<void(const WriteText&)>& produce) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw IoError("cannot write " + path.string() + ": it exists and is not a regular file");
  }
  TemporaryFile temporary(path);
  produce([&](std::string_view text) { temporary.file().write(std::as_bytes(std::span(text))); });
  temporary.file().sync();
  temporary.file().close();
  temporary.rename_to(path);
  sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

void write_file_atomically(const fs::path& path,
                           std::span<const std::span<const std::byte>> parts) {
  write_file_atomically(path, [&](const WriteText& write) {
    for (const auto part : parts) {
      write({reinterpret_cast<const char*>(part.data()), part.size()});
    }
  });
}

void write_file_atomically(const fs::path& path, std::string_view bytes) {
  write_file_atomically(path, [&](const WriteText& write) { write(bytes); });
}

}  // namespace lacuna::io
