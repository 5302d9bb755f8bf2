#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/error.hpp"

namespace lacuna::data {

/// "path:line: what"; lines count from 1.
DataError error_at(const std::string& path, std::int64_t line, std::string_view what);

/// Takes a byte order mark off the front of a file's text.
void take_byte_order_mark(std::string_view& text);

/// Calls visit(line, number) for each line of a text file, plain or gzip, without its line end. A
/// byte order mark may lead, blank lines may follow. A RowError of visit() becomes a DataError with
/// its place, as does a blank line before others. Other errors as open_text().
void for_each_line(const std::string& path,
                   const std::function<void(std::string_view, std::int64_t)>& visit);

}  // namespace lacuna::data
