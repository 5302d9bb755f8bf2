#pragma once

#include <filesystem>
#include <string_view>

namespace lacuna::io {

/// The path with a leading `~` or `~/` replaced by $HOME, as a shell does at the start of a word.
std::filesystem::path expand_home(std::string_view path);

}  // namespace lacuna::io
