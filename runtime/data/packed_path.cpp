#include "runtime/data/packed_path.hpp"

#include <filesystem>
#include <system_error>

namespace lacuna::data {

namespace fs = std::filesystem;

PackedPath split_packed(const std::string& path) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) return {path, ""};
  for (std::size_t slash = path.rfind('/'); slash != std::string::npos && slash > 0;
       slash = path.rfind('/', slash - 1)) {
    const std::string file = path.substr(0, slash);
    if (fs::is_regular_file(file, ignored)) return {file, path.substr(slash + 1)};
    if (fs::exists(file, ignored)) break;
  }
  return {path, ""};
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(split_packed(path).file, ignored);
}

}  // namespace lacuna::data
