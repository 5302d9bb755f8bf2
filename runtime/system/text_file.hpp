#pragma once

#include <filesystem>
#include <string>

namespace lacuna::system {

/// The text of a small file of /proc or /sys, or "" if it cannot be read.
std::string read_text(const std::filesystem::path& path);

}  // namespace lacuna::system
