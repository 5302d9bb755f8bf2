#pragma once

#include <string>
#include <string_view>

namespace lacuna::data {

/// Throws DataError that says what a file is and what to do where its first bytes are not text: an
/// archive, a workbook, a picture of a data frame, UTF-16, a web page. `begin`: at least its first
/// 512 bytes, if there are so many, unpacked.
void check_is_text(std::string_view begin, const std::string& path);

}  // namespace lacuna::data
