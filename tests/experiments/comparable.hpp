#pragma once

#include <filesystem>
#include <string>

#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {

/// A file's text without wall times and a result's remarks, which older commits did not keep.
inline std::string comparable(const std::filesystem::path& path) {
  std::string text;
  for (std::string line : lines_of(read_file(path))) {
    if (line.starts_with("  \"remarks\": [")) continue;
    const std::size_t seconds = line.find("\"seconds\"");
    if (seconds != std::string::npos)
      line.erase(seconds, line.find_first_of(",}", seconds) - seconds);
    text += line + '\n';
  }
  return text;
}

}  // namespace lacuna::experiments
