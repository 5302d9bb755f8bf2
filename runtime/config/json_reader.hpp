#pragma once

#include <filesystem>
#include <string_view>

#include "runtime/config/json.hpp"

namespace lacuna::config {

/// Reads one JSON document, strictly by RFC 8259: no comments, no byte order mark, no duplicate
/// keys, integers within 64 bits, at most 64 levels and a million values. Throws ConfigError
/// "name:line:column: message".
Json parse_json(std::string_view text, std::string_view name);

/// The text of a file of at most 16 MiB; throws ConfigError that names it if it cannot be read.
std::string read_json_text(const std::filesystem::path& path);

/// parse_json of such a file.
Json read_json(const std::filesystem::path& path);

}  // namespace lacuna::config
