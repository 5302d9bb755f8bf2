#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/ratings/file_format.hpp"

namespace lacuna::data {

/// How a file is to be read, by what was known of it and by its first lines.
struct FileLayout {
  RowLayout row;
  std::int64_t skipped_lines = 0;  ///< comments, blank lines and the header
  std::vector<std::string> notes;  ///< for people: what was taken for granted
  bool empty = true;               ///< there is nothing but leading lines
};

/// Lays out a file by `begin`, its first lines as far as the last line end in them (or all of it).
/// Comments (# or %), blank lines and Excel's "sep=;" may lead. Throws DataError "path:line: ..."
/// that says what the file is and which key to set to what.
FileLayout find_layout(const FileFormat& format, std::string_view begin, const std::string& path);

}  // namespace lacuna::data
