#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// The file of that name in a folder, plain or with an ending such as .gz, or anywhere in a zip.
std::optional<std::string> find_file(const std::string& folder_or_zip, std::string_view name);

/// The files whose names begin so, in the order of their names.
std::vector<std::string> find_files(const std::string& folder_or_zip, std::string_view begin);

/// Whether it is a folder or a zip.
bool holds_files(const std::string& path);

/// The parts of a data set that programs wrote into a folder: files whose names begin with "part"
/// or "data_" where there are some, else all that end as texts of rows do. Hidden files, checksums
/// and marks of success are none. Throws DataError where there are none.
std::vector<std::string> parts_of(const std::string& folder);

}  // namespace lacuna::data
