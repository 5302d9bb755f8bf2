#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace lacuna::io {

/// Creates the folder that one launch writes to, never one that already holds something:
/// `explicit_dir` (the configuration's output.dir) if given, else
/// <root>/<experiment>-<YYYYmmdd-HHMMSS> in local time, with -2, -3, ... where that exists. Folders
/// that are missing on the way are created. Errors: ConfigError for an explicit folder that is not
/// empty or no folder, IoError where nothing can be written.
std::filesystem::path create_run_directory(
    const std::filesystem::path& root, std::string_view experiment,
    const std::optional<std::filesystem::path>& explicit_dir = std::nullopt,
    std::chrono::system_clock::time_point now = std::chrono::system_clock::now());

/// Where a run of it goes: <launch>/<variant>/seed-<seed>, without the middle part if `variant` is
/// empty. Names that differ in special characters only give the same folder.
std::filesystem::path run_folder(const std::filesystem::path& launch, std::string_view variant,
                                 std::uint64_t seed);

}  // namespace lacuna::io
