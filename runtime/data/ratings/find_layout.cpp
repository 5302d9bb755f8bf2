#include "runtime/data/ratings/find_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/data/leading_lines.hpp"
#include "runtime/data/ratings/find_columns.hpp"
#include "runtime/data/ratings/find_header.hpp"
#include "runtime/data/ratings/find_row_format.hpp"
#include "runtime/data/ratings/json_row.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/whole_number.hpp"

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

/// Amazon's ratings of 2018 begin with the item, whose ids have ten characters.
void put_items_right(const std::vector<std::string_view>& lines, RowLayout& layout) {
  const auto all_ten = [&](std::size_t column) {
    return std::ranges::all_of(lines, [&](std::string_view line) {
      const std::vector<std::string> texts = split_texts(line, layout.format);
      return column < texts.size() && texts[column].size() == 10;
    });
  };
  if (all_ten(layout.user) && !all_ten(layout.item)) std::swap(layout.user, layout.item);
}

void place_columns(const FileFormat& known, const ColumnFinder& finder, RowLayout& layout) {
  layout.user = finder.place(known.user);
  layout.item = finder.place(known.item);
  layout.rating = finder.place(known.rating);
  if (known.time) layout.time = finder.place(*known.time);
}

/// Of rows below a line that names their item.
void place_block_columns(const FileFormat& known, std::string_view first, RowLayout& layout) {
  if (!first.empty() && !first.ends_with(':')) {
    throw RowError("a rating before the first item: lines as \"123:\" name the items", first);
  }
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
  RowFormat& format = layout.format = find_row_format(known, leading, lines);
  std::string_view rest = begin;
  const std::string_view first = take_row(rest, format);
  find_escape(begin, format);
  std::vector<std::string> fields = split_texts(first, format);
  if (known.kind == RowKind::blocks) return place_block_columns(known, first, layout);
  if (first.empty()) return;  // what parses rows judges it
  if (is_own(known) && known.row && fields.size() == 1) {
    throw RowError(
        "data.delimiter is not in this line: set it to what stands between two fields, or "
        "leave it out, and it is found",
        first);
  }
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
  std::vector<std::string> names = split_texts(leading.comment, format);
  if (names.size() != fields.size() || !names_all(known, names)) names.clear();
  if (names.empty() && !known.header) check_default_places(known, lines, fields.size(), format);
  place_columns(known, {known, first, names, fields.size()}, layout);
  if (RatingRow row; !is_own(known)) parse_row(first, layout, row);  // or it is another file
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

/// Refuses what has its rows in another way than one a line.
void check_is_rows(std::string_view begin) {
  const std::string_view first = take_line(begin);
  if (first.starts_with('[')) {
    throw RowError("a JSON array: write one object a line (JSON lines), as jq -c '.[]' does",
                   first);
  }
  if (trimmed(first) == "{") {
    throw RowError("a JSON document over several lines: write one object a line (JSON lines)",
                   first);
  }
  if (first.ends_with(':') && plain_whole_number(first.substr(0, first.size() - 1))) {
    throw RowError(
        "items on lines of their own, as in the Netflix prize's files: set data.type to "
        "\"netflix_prize\"",
        first);
  }
}

}  // namespace

FileLayout find_layout(const FileFormat& format, std::string_view begin, const std::string& path) {
  const bool fixed = format.row && format.header;  // nothing may lead
  const LeadingLines leading = fixed ? LeadingLines{} : take_leading_lines(begin, path);
  FileLayout found{.row = format.rules, .skipped_lines = leading.count, .notes = leading.notes};
  found.row.kind = format.kind.value_or(RowKind::fields);
  if (begin.empty()) return found;
  found.empty = false;
  try {
    if (!format.kind) check_is_rows(begin);
    if (!format.kind && begin.starts_with('{')) {
      find_keys(format, begin, found.row);
    } else {
      find_fields(format, leading, begin, found);
    }
  } catch (const RowError& error) {
    throw error_at(
        path, leading.count + 1,
        format.advice.empty() ? error.what() : fmt::format("{} ({})", error.what(), format.advice));
  }
  return found;
}

}  // namespace lacuna::data
