#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

namespace lacuna::io {

/// Creates or replaces the regular file `path` in one step: after a crash or a full disk it holds
/// either all of `parts`, one after the other, or what it held before. The bytes go to a temporary
/// name in the same folder, are fsynced and renamed, and the folder is fsynced.
/// Errors: IoError naming the path, the bytes and the system's reason; the temporary file is
/// removed.
void write_file_atomically(const std::filesystem::path& path,
                           std::span<const std::span<const std::byte>> parts);
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// What takes text piece by piece.
using WriteText = std::function<void(std::string_view)>;
/// The same with what `produce` writes.
void write_file_atomically(const std::filesystem::path& path,
                           const std::function<void(const WriteText&)>& produce);

/// Removes what a killed process has left half written in a folder that nobody else writes to.
void remove_temporaries(const std::filesystem::path& folder);

}  // namespace lacuna::io
