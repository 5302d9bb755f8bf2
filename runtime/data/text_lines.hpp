#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_source.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {

/// "path:line: what"; lines count from 1.
DataError error_at(const std::string& path, std::int64_t line, std::string_view what);

/// Takes a byte order mark off the front of a file's text.
void take_byte_order_mark(std::string_view& text);

/// Takes the first line off `text`; returns it without its line end.
inline std::string_view take_line(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Takes the first row off `text`: a line, and those that its quoted fields go on in; all of the
/// text where one does not end.
std::string_view take_row(std::string_view& text, const RowFormat& format);

/// What is wrong with a blank line that rows follow on.
RowError blank_line_error();

/// Calls visit(line, number) for each line of a text file, plain or gzip, without its line end;
/// returns the text's checksum. A byte order mark may lead, blank lines may follow. A RowError of
/// visit() becomes a DataError with its place, as does a blank line before others. Other errors as
/// open_text().
std::string for_each_line(const std::string& path,
                          const std::function<void(std::string_view, std::int64_t)>& visit,
                          std::uint64_t max_bytes = default_max_bytes);

}  // namespace lacuna::data
