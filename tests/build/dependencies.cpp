#include "tests/build/dependencies.hpp"

#include <algorithm>
#include <sstream>

namespace lacuna::build {

namespace fs = std::filesystem;

std::vector<fs::path> dependencies(std::string_view text) {
  std::vector<fs::path> files;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    const auto start = line.find_first_not_of(' ');
    if (start != line.npos && start > 0) files.emplace_back(line.substr(start));
  }
  return files;
}

std::vector<std::string> files_within(const fs::path& folder, const std::vector<fs::path>& files,
                                      const fs::path& base) {
  const fs::path outer = fs::weakly_canonical(folder);
  std::vector<std::string> found;
  for (const fs::path& file : files) {
    const fs::path inner = fs::weakly_canonical(base / file);
    if (std::ranges::mismatch(outer, inner).in1 == outer.end()) found.push_back(file.string());
  }
  return found;
}

}  // namespace lacuna::build
