#pragma once

#include <filesystem>
#include <string>

#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {

/// A file's text without wall times.
inline std::string comparable(const std::filesystem::path& path) {
  std::string text;
  for (std::string line : lines_of(read_file(path))) {
    const std::size_t seconds = line.find("\"seconds\"");
    if (seconds != std::string::npos)
      line.erase(seconds, line.find_first_of(",}", seconds) - seconds);
    text += line + '\n';
  }
  return text;
}

}  // namespace lacuna::experiments
