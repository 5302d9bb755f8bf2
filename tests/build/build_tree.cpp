#include "tests/build/build_tree.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace lacuna::build {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  EXPECT_TRUE(stream) << file;
  std::vector<fs::path> paths;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) paths.emplace_back(line);
  }
  return paths;
}

}  // namespace

// LACUNA_BINARY_DIR, LACUNA_NINJA and LACUNA_TOOLKIT are made known by the build, for this file
// only.
fs::path folder() {
  return LACUNA_BINARY_DIR;
}

std::vector<fs::path> cuda_objects() {
  return lines_of(folder() / "tests/cuda_objects.txt");
}

std::vector<fs::path> emulated_objects() {
  return lines_of(folder() / "tests/emulated_objects.txt");
}

fs::path toolkit() {
  const fs::path path = LACUNA_TOOLKIT;
  return path.empty() ? path : fs::canonical(path);
}

std::string ninja() {
  return LACUNA_NINJA " -C '" + folder().string() + "'";
}

std::string output_of(const std::string& command) {
  std::string output;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::array<char, 4096> buffer;
  while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), count);
  }
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return output;
}

std::string output_of(const std::string& command, const std::vector<fs::path>& paths) {
  std::string line = command;
  for (const fs::path& path : paths) line += " '" + path.string() + "'";
  return output_of(line);
}

}  // namespace lacuna::build
