#include "runtime/data/text_rows.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/data/file_bytes.hpp"
#include "runtime/data/file_kind.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {

std::string for_each_text_row(const std::string& path, const FormatOfRows& format_of,
                              const std::function<void(const TextRow&)>& visit,
                              std::uint64_t max_bytes) {
  FileBytes file = read_bytes(path, max_bytes);
  std::string_view text = file.bytes;
  check_is_text(text, path);
  take_byte_order_mark(text);
  const LeadingLines leading = take_leading_lines(text, path);
  std::int64_t line = leading.count + 1;
  std::int64_t blank_line = 0;
  std::optional<RowFormat> format;
  while (!text.empty()) {
    const std::string_view before = text;
    try {
      if (!format) format = format_of(text, leading);
      const std::string_view row = take_row(text, *format);
      if (!row.empty() && blank_line != 0) throw blank_line_error();
      if (!row.empty()) visit({row, line, *format});
      if (row.empty() && blank_line == 0) blank_line = line;
    } catch (const RowError& error) {
      throw error_at(path, blank_line != 0 ? blank_line : line, error.what());
    }
    line += std::ranges::count(before.substr(0, before.size() - text.size()), '\n');
  }
  return std::move(file.checksum);
}

}  // namespace lacuna::data
