#pragma once

#include <filesystem>
#include <vector>

/// Folders, with what std::filesystem leaves open: libstdc++ 12 ends the process where memory runs
/// out while it iterates over one.
namespace lacuna::io {

/// The paths of what lies in a folder, sorted. Throws IoError.
std::vector<std::filesystem::path> entries(const std::filesystem::path& folder);

/// Removes a folder, if it is there, with all that is in it; links are not followed. Throws
/// IoError, std::filesystem::filesystem_error.
void remove_folder(const std::filesystem::path& folder);

/// Makes renames in a folder last (fsync). Throws IoError.
void sync_folder(const std::filesystem::path& path);

}  // namespace lacuna::io
