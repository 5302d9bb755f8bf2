#include "runtime/data/text_lines.hpp"

#include <fmt/format.h>

#include <vector>

namespace lacuna::data {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

}  // namespace

DataError error_at(const std::string& path, std::int64_t line, std::string_view what) {
  return DataError(fmt::format("{}:{}: {}", path, line, what));
}

void take_byte_order_mark(std::string_view& text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
}

std::string_view take_row(std::string_view& text, const RowFormat& format) {
  const std::string_view all = text;
  std::string_view row;
  do {
    const std::string_view line = take_line(text);
    row = all.substr(0, static_cast<std::size_t>(line.data() + line.size() - all.data()));
  } while (!text.empty() &&
           for_each_field(row, format, [](std::size_t, std::string_view) {}) == open_row);
  return row;
}

RowError blank_line_error() {
  return {"a blank line before further rows: remove it", ""};
}

std::string for_each_line(const std::string& path,
                          const std::function<void(std::string_view, std::int64_t)>& visit,
                          std::uint64_t max_bytes) {
  const auto source = open_text(path, max_bytes, piece_bytes);
  std::vector<char> storage;
  std::int64_t number = 0;
  std::int64_t blank_line = 0;
  for (auto text = source->next(storage); !text.empty(); text = source->next(storage)) {
    if (number == 0) take_byte_order_mark(text);
    while (!text.empty()) {
      const std::string_view line = take_line(text);
      ++number;
      if (line.empty()) {
        if (blank_line == 0) blank_line = number;
        continue;
      }
      if (blank_line != 0) throw error_at(path, blank_line, blank_line_error().what());
      try {
        visit(line, number);
      } catch (const RowError& error) {
        throw error_at(path, number, error.what());
      }
    }
  }
  return source->checksum();
}

}  // namespace lacuna::data
