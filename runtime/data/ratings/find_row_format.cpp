#include "runtime/data/ratings/find_row_format.hpp"

#include <algorithm>

#include "runtime/data/find_delimiter.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t needed = 3;  // columns

}  // namespace

bool is_own(const FileFormat& known) {
  return !known.user.key.empty();
}

RowFormat find_row_format(const FileFormat& known, const LeadingLines& leading,
                          const std::vector<std::string_view>& lines) {
  if (known.row) return *known.row;
  if (!leading.delimiter.empty()) return {.delimiter = leading.delimiter, .quotes = true};
  std::vector<std::string_view> names;
  std::size_t least = needed;
  for (const WantedColumn* column : {&known.user, &known.item, &known.rating}) {
    names.insert(names.end(), column->names.begin(), column->names.end());
    if (column->place != no_column) least = std::max(least, column->place + 1);
  }
  const std::string_view advice =
      is_own(known) ? " (if another text stands between two, name it in data.delimiter)" : "";
  try {
    return find_delimiter(lines, names, least, advice);
  } catch (const RowError&) {
    if (least <= needed) throw;
  }
  return find_delimiter(lines, names, needed, advice);  // the number of a column is too large
}

void find_escape(std::string_view begin, RowFormat& format) {
  if (!format.quotes || begin.find("\\\"") == std::string_view::npos) return;
  RowFormat escaped = format;
  escaped.backslash = true;
  for (std::string_view rest = begin; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (rest.empty()) break;  // it may be cut
    const auto fits = [&](const RowFormat& tried) {
      try {
        return for_each_field(line, tried, [](std::size_t, std::string_view) {}) != open_row;
      } catch (const RowError&) {
        return false;
      }
    };
    if (fits(format) || !fits(escaped)) continue;
    format = escaped;
    return;
  }
}

}  // namespace lacuna::data
