#include "runtime/data/ratings/find_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "runtime/data/find_delimiter.hpp"
#include "runtime/data/leading_lines.hpp"
#include "runtime/data/ratings/find_columns.hpp"
#include "runtime/data/ratings/json_row.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t looked_at_rows = 50;
constexpr std::size_t wide_row = 50;  // fields of a dense row, at least

std::vector<std::string_view> first_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < looked_at_rows) {
    const std::string_view line = take_line(text);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> texts_of(std::string_view row, const RowFormat& format) {
  std::vector<std::string> names;
  for (const std::string_view field : split_fields(row, format)) {
    names.push_back(to_text(trimmed(field), format.quotes, format.backslash));
  }
  return names;
}

RowFormat format_of(const FileFormat& known, const LeadingLines& leading,
                    const std::vector<std::string_view>& lines) {
  if (known.row) return *known.row;
  if (!leading.delimiter.empty()) return {.delimiter = leading.delimiter, .quotes = true};
  std::vector<std::string_view> names;
  std::size_t least = 3;
  for (const WantedColumn* column : {&known.user, &known.item, &known.rating}) {
    names.insert(names.end(), column->names.begin(), column->names.end());
    if (column->place != no_column) least = std::max(least, column->place + 1);
  }
  return find_delimiter(lines, names, least);
}

bool is_rating(std::string_view field, const RowLayout& layout) {
  try {
    parse_rating("", field, layout);
    return true;
  } catch (const RowError&) {
    return false;
  }
}

/// The first line is a header where it has one of the names, or no rating where ratings stand.
bool has_header(const FileFormat& known, const std::vector<std::string>& fields,
                const RowLayout& layout) {
  if (known.header) return *known.header;
  if (names_any(known, fields)) return true;
  const std::size_t rating = known.rating.place;
  return !is_rating(rating < fields.size() ? fields[rating] : fields.back(), layout);
}

/// Amazon's ratings of 2018 begin with the item, whose ids have ten characters.
void put_items_right(const std::vector<std::string_view>& lines, RowLayout& layout) {
  const auto all_ten = [&](std::size_t column) {
    return std::ranges::all_of(lines, [&](std::string_view line) {
      return texts_of(line, layout.format).at(column).size() == 10;
    });
  };
  if (all_ten(layout.user) && !all_ten(layout.item)) std::swap(layout.user, layout.item);
}

/// Whether a column holds 0, 1, 2, ... or 1, 2, 3, ...: a data frame's index.
bool counts_rows(const std::vector<std::string_view>& lines, const RowFormat& format,
                 std::size_t column) {
  std::size_t next = 0;
  for (std::size_t row = 0; row < lines.size(); ++row, ++next) {
    const std::vector<std::string> fields = texts_of(lines[row], format);
    if (column >= fields.size()) return false;
    if (row == 0 && fields[column] == "1") next = 1;
    if (fields[column] != std::to_string(next)) return false;
  }
  return lines.size() > 2;
}

/// R and pandas leave the name of the column of the rows' own numbers out.
bool has_row_names(std::vector<std::string_view> lines, std::size_t names,
                   const RowFormat& format) {
  lines.erase(lines.begin());
  try {
    return counts_rows(lines, format, 0) && std::ranges::all_of(lines, [&](std::string_view line) {
             return texts_of(line, format).size() == names + 1;
           });
  } catch (const RowError&) {  // what parses the rows will say so
    return false;
  }
}

/// Columns are taken in their order only where nothing speaks against it.
void check_default_places(const FileFormat& known, const std::vector<std::string_view>& lines,
                          std::size_t count, const RowFormat& format) {
  constexpr std::size_t most_columns = 6;
  if (known.user.key.empty() || known.user.names.empty()) return;
  if (count > most_columns) {
    throw RowError(
        fmt::format("{} columns and no header: set data.user_column, data.item_column and "
                    "data.rating_column to their numbers, as in data.user_column=1",
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

/// Some programs put a backslash before a quote in a field: tried where a line is damaged without.
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

void place_columns(const FileFormat& known, const ColumnFinder& finder, RowLayout& layout) {
  layout.user = finder.place(known.user);
  layout.item = finder.place(known.item);
  layout.rating = finder.place(known.rating);
  if (known.time) layout.time = finder.place(*known.time);
}

/// Of rows below a line that names their item.
void place_block_columns(const FileFormat& known, RowLayout& layout) {
  layout.user = known.user.place;
  layout.item = no_column;
  layout.rating = known.rating.place;
  if (known.time) layout.time = known.time->place;
}

/// Of rows between delimiters.
void find_fields(const FileFormat& known, const LeadingLines& leading, std::string_view begin,
                 FileLayout& found) {
  RowLayout& layout = found.row;
  const std::vector<std::string_view> lines = first_lines(begin);
  RowFormat& format = layout.format = format_of(known, leading, lines);
  std::string_view rest = begin;
  const std::string_view first = take_row(rest, format);
  find_escape(begin, format);
  std::vector<std::string> fields = texts_of(first, format);
  if (known.kind == RowKind::blocks) return place_block_columns(known, layout);
  if (first.empty()) return;  // what parses rows judges it
  check_count(first, format, fields.size());
  format.min_fields = format.max_fields = fields.size();
  if (known.dense_where_wide && fields.size() >= wide_row) {
    layout.kind = RowKind::dense;
    return;
  }
  if (has_header(known, fields, layout)) {
    found.skipped_lines += std::ranges::count(first, '\n') + 1;
    if (has_row_names(lines, fields.size(), format)) {
      fields.insert(fields.begin(), "");
      format.min_fields = format.max_fields = fields.size();
    }
    return place_columns(known, {known, first, fields, fields.size()}, layout);
  }
  std::vector<std::string> names = texts_of(leading.comment, format);
  if (names.size() != fields.size() || !names_all(known, names)) names.clear();
  if (names.empty() && !known.header) check_default_places(known, lines, fields.size(), format);
  place_columns(known, {known, first, names, fields.size()}, layout);
  if (known.items_may_lead) put_items_right(lines, layout);
  const bool taken_for_granted = names.empty() && !known.header && known.user.place == 0;
  if (!taken_for_granted || known.user.key.empty()) return;
  found.notes.push_back(
      fmt::format("no header: columns {}, {}, {} are taken for user, item, rating", layout.user + 1,
                  layout.item + 1, layout.rating + 1));
}

/// Of rows that are objects.
void find_keys(const FileFormat& known, std::string_view begin, RowLayout& layout) {
  const std::string_view first = take_line(begin);
  const std::vector<std::string> names = JsonRows().keys(first);
  const ColumnFinder finder(known, first, names, names.size());
  const auto key = [&](const WantedColumn& column) { return names[finder.place(column)]; };
  layout.kind = RowKind::json;
  layout.keys = {key(known.user), key(known.item), key(known.rating),
                 known.time ? key(*known.time) : std::string()};
}

}  // namespace

FileLayout find_layout(const FileFormat& format, std::string_view begin, const std::string& path) {
  const bool fixed = format.row && format.header;  // nothing may lead
  const LeadingLines leading = fixed ? LeadingLines{} : take_leading_lines(begin);
  FileLayout found{.row = format.rules, .skipped_lines = leading.count, .notes = leading.notes};
  found.row.kind = format.kind.value_or(RowKind::fields);
  if (begin.empty()) return found;
  found.empty = false;
  try {
    if (begin.find('\n') == begin.npos && begin.find('\r') != begin.npos) {
      throw RowError("line ends are those of old Macs (CR): convert them, as by tr '\\r' '\\n'",
                     begin);
    }
    if (!format.kind && begin.starts_with('[')) {
      throw RowError("a JSON array: write one object a line (JSON lines), as jq -c '.[]' does",
                     take_line(begin));
    }
    if (!format.kind && trimmed(begin.substr(0, begin.find('\n'))) == "{") {
      throw RowError("a JSON document over several lines: write one object a line (JSON lines)",
                     take_line(begin));
    }
    if (!format.kind && begin.starts_with('{')) {
      find_keys(format, begin, found.row);
    } else {
      find_fields(format, leading, begin, found);
    }
  } catch (const RowError& error) {
    throw error_at(path, leading.count + 1, error.what());
  }
  return found;
}

}  // namespace lacuna::data
