#include "runtime/system/text_file.hpp"

#include <fstream>
#include <iterator>

namespace lacuna::system {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace lacuna::system
