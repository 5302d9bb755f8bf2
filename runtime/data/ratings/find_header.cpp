#include "runtime/data/ratings/find_header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/data/ratings/find_columns.hpp"

namespace lacuna::data {
namespace {

bool is_rating(std::string_view field, const RowLayout& layout) {
  try {
    parse_rating("", field, layout);
    return true;
  } catch (const RowError&) {
    return false;
  }
}

/// Whether a column holds 0, 1, 2, ... or 1, 2, 3, ...: a data frame's index.
bool counts_rows(const std::vector<std::string_view>& lines, const RowFormat& format,
                 std::size_t column) {
  std::size_t next = 0;
  for (std::size_t row = 0; row < lines.size(); ++row, ++next) {
    const std::vector<std::string> fields = split_texts(lines[row], format);
    if (column >= fields.size()) return false;
    if (row == 0 && fields[column] == "1") next = 1;
    if (fields[column] != std::to_string(next)) return false;
  }
  return lines.size() > 2;
}

}  // namespace

bool has_header(const FileFormat& known, const std::vector<std::string>& fields,
                const RowLayout& layout) {
  if (known.header) return *known.header;
  if (names_any(known, fields)) return true;
  const std::size_t rating = known.rating.place;
  return !is_rating(rating < fields.size() ? fields[rating] : fields.back(), layout);
}

bool has_row_names(std::vector<std::string_view> lines, std::size_t names,
                   const RowFormat& format) {
  lines.erase(lines.begin());
  try {
    return counts_rows(lines, format, 0) && std::ranges::all_of(lines, [&](std::string_view line) {
             return split_texts(line, format).size() == names + 1;
           });
  } catch (const RowError&) {  // what parses the rows will say so
    return false;
  }
}

void check_default_places(const FileFormat& known, const std::vector<std::string_view>& lines,
                          std::size_t count, const RowFormat& format) {
  constexpr std::size_t most_columns = 6;
  if (known.user.key.empty() || known.user.names.empty()) return;
  if (count > most_columns) {
    throw RowError(
        fmt::format("{} columns and no header: set data.user_column, data.item_column and "
                    "data.rating_column to their numbers, as in data.user_column=1; if each is an "
                    "item of its own, write one rating a line",
                    count),
        lines.front());
  }
  if (count > 3 && known.user.place == 0 && counts_rows(lines, format, 0)) {
    throw RowError(
        "there is no header and the first column counts the rows: set data.user_column, "
        "data.item_column and data.rating_column to their numbers, as in "
        "data.user_column=2",
        lines.front());
  }
}

}  // namespace lacuna::data
