#pragma once

#include <filesystem>
#include <string>

namespace lacuna::experiments {

/// Throws ConfigError where `file` lacks the lines between which write_between_marks() writes.
void check_marks(const std::filesystem::path& file, const std::string& name);

/// Replaces what stands in `file` between the lines `<!-- name -->` and `<!-- /name -->` by `text`.
/// Throws ConfigError where the file does not have both, IoError.
void write_between_marks(const std::filesystem::path& file, const std::string& name,
                         const std::string& text);

}  // namespace lacuna::experiments
