#include "runtime/io/home_path.hpp"

#include <cstdlib>
#include <string>

namespace lacuna::io {

std::filesystem::path expand_home(std::string_view path) {
  const char* home = std::getenv("HOME");
  if (home == nullptr || !(path == "~" || path.starts_with("~/"))) return path;
  return std::string(home) + std::string(path.substr(1));
}

}  // namespace lacuna::io
