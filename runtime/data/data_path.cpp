#include "runtime/data/data_path.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "runtime/data/packed_path.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::data {

namespace fs = std::filesystem;

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

std::string resolve_path(std::string_view path) {
  const std::string expanded = io::expand_home(path).string();
  const std::string_view below = environment("LACUNA_DATA");
  if (fs::path(expanded).is_absolute() || below.empty() || is_there(expanded)) return expanded;
  const fs::path candidate = fs::path(below) / expanded;
  return is_there(candidate.string()) ? candidate.string() : expanded;
}

void throw_missing(std::string_view given, const std::string& resolved, std::string_view advice) {
  std::string looked = resolved;
  const fs::path below(environment("LACUNA_DATA"));
  if (fs::path(resolved).is_relative()) {
    looked += below.empty() ? " ($LACUNA_DATA is not set)" : " and " + (below / resolved).string();
  }
  throw DataError(fmt::format("no file or folder '{}': looked for {}. {}", given, looked, advice));
}

std::string locate_file(std::string_view path, std::string_view key) {
  std::string resolved = resolve_path(path);
  if (!is_there(resolved)) {
    throw_missing(path, resolved, fmt::format("Set {} to your file", key));
  }
  std::error_code ignored;
  if (fs::is_directory(resolved, ignored)) {
    throw DataError(fmt::format("{} is a folder: set {} to the file in it", resolved, key));
  }
  return resolved;
}

}  // namespace lacuna::data
