#include "runtime/io/run_directory.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <string>
#include <system_error>

#include "runtime/error.hpp"
#include "runtime/io/file_descriptor.hpp"

namespace lacuna::io {
namespace {

namespace fs = std::filesystem;

/// False if something with this name exists.
bool make_folder(const fs::path& path) {
  if (::mkdir(path.c_str(), 0777) == 0) return true;
  if (errno == EEXIST) return false;
  throw os_error("create the folder", path, errno);
}

void make_parents(const fs::path& path) {
  if (!path.has_parent_path()) return;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) throw os_error("create the folder", path.parent_path(), error.value());
}

/// A name without characters that a shell or a file system gives a meaning to; UTF-8 is kept.
std::string file_name(std::string_view name) {
  std::string safe(name);
  std::replace_if(
      safe.begin(), safe.end(),
      [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x80 && std::isalnum(byte) == 0 && c != '.' && c != '_' && c != '-';
      },
      '_');
  if (!safe.empty() && (safe.front() == '.' || safe.front() == '-')) safe.front() = '_';
  return safe;
}

fs::path create_timestamped(const fs::path& root, std::string_view experiment,
                            std::chrono::system_clock::time_point now) {
  make_parents(root / "run");
  const std::string name = fmt::format("{}-{:%Y%m%d-%H%M%S}", file_name(experiment),
                                       fmt::localtime(std::chrono::system_clock::to_time_t(now)));
  fs::path path = root / name;
  for (int number = 2; !make_folder(path); ++number) {
    path = root / fmt::format("{}-{}", name, number);
  }
  return path;
}

void create_explicit(const fs::path& path) {
  make_parents(path);
  if (make_folder(path)) return;
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    throw ConfigError("output.dir: " + path.string() + " exists and is no folder; choose another");
  }
  const bool empty = fs::is_empty(path, error);
  if (error) throw os_error("read the folder", path, error.value());
  if (!empty) {
    throw ConfigError("output.dir: " + path.string() +
                      " exists and is not empty; choose another or remove it");
  }
  if (::access(path.c_str(), W_OK | X_OK) != 0) throw os_error("write to", path, errno);
}

}  // namespace

fs::path create_run_directory(const fs::path& root, std::string_view experiment,
                              const std::optional<fs::path>& explicit_dir,
                              std::chrono::system_clock::time_point now) {
  if (!explicit_dir) return create_timestamped(root, experiment, now);
  create_explicit(*explicit_dir);
  return *explicit_dir;
}

fs::path run_folder(const fs::path& launch, std::string_view variant, std::uint64_t seed) {
  const fs::path parent = variant.empty() ? launch : launch / file_name(variant);
  return parent / fmt::format("seed-{}", seed);
}

}  // namespace lacuna::io
