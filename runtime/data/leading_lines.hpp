#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// What stands before a file's rows.
struct LeadingLines {
  std::int64_t count = 0;
  std::string delimiter = {};     ///< of Excel's "sep=;"; empty: there is none
  std::string_view comment = {};  ///< the last comment's text, which may be a header
  std::vector<std::string> notes = {};
};

/// Takes blank lines, comments (# or %), "sep=;" and the sizes of a Matrix Market file off the
/// front of a text.
/// Throws DataError "path:line: ..." for Matrix Market files that do not list every cell.
LeadingLines take_leading_lines(std::string_view& text, const std::string& path);

}  // namespace lacuna::data
