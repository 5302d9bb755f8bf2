#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::build {

/// The files that `text` names as dependencies: what `ninja -t deps` prints, an object's name a
/// line and under it, indented, what it was made from.
std::vector<std::filesystem::path> dependencies(std::string_view text);

/// Those of `files` that lie in `folder`, links resolved: a toolkit's headers may be linked from a
/// folder that every compiler searches. Relative paths start at `base`.
std::vector<std::string> files_within(const std::filesystem::path& folder,
                                      const std::vector<std::filesystem::path>& files,
                                      const std::filesystem::path& base);

}  // namespace lacuna::build
