#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/data/unpacker.hpp"

namespace lacuna::data {

/// The names of a zip's files, without folders and what macOS adds. Throws DataError where it
/// cannot be read.
std::vector<std::string> zip_members(const std::string& path);

/// Unpacks one file of a zip; `member` empty: the only one. Throws DataError that lists its files
/// where there are several or none has the name, and for one that needs a password.
std::unique_ptr<Unpacker> open_zip_member(const std::string& path, const std::string& member);

}  // namespace lacuna::data
