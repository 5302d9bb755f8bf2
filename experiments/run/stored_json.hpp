#pragma once

#include <concepts>
#include <filesystem>

#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

/// What `read` makes of the JSON of a file that the program itself wrote. Throws IoError where the
/// file cannot be read or holds something else.
template <std::invocable<const config::Json&> Read>
auto read_stored(const std::filesystem::path& file, Read read) {
  try {
    return read(config::read_json(file));
  } catch (const ConfigError& error) {
    throw IoError(error.what());
  }
}

}  // namespace lacuna::experiments
