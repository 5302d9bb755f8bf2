#pragma once

#include <filesystem>
#include <string_view>

#include "runtime/config/json.hpp"

namespace lacuna {

/// Writes `folder`/manifest.json: {format, version, state, files, checksum}, where `files` maps a
/// file's name without its ending to {tensor: {dtype, shape, checksum}} and the last checksum is of
/// what stands before it. Checksums are xxh3-128. Throws IoError.
void write_manifest(const std::filesystem::path& folder, const config::Json& state,
                    const config::Json& files);

/// The manifest in `folder`. Throws IoError where it is missing, damaged, or of a later version.
config::Json read_manifest(const std::filesystem::path& folder);

/// The same from its text; `name` stands for the path in messages.
config::Json parse_manifest(std::string_view text, const std::string& name);

}  // namespace lacuna
