#pragma once

#include <string>
#include <string_view>

namespace lacuna::data {

/// A path as a user writes it: a leading `~` is $HOME; a relative path that does not exist is
/// looked up below $LACUNA_DATA. Returned unchanged where nothing exists.
std::string resolve_path(std::string_view path);

/// Throws DataError: nothing is there, what was looked for, and the advice.
[[noreturn]] void throw_missing(std::string_view given, const std::string& resolved,
                                std::string_view advice);

/// The file at `path`, resolved. Throws DataError if it does not exist or is a folder; it names the
/// key of the configuration that says it.
std::string locate_file(std::string_view path, std::string_view key = "data.path");

}  // namespace lacuna::data
