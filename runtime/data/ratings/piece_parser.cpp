#include "runtime/data/ratings/piece_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/data/text_lines.hpp"
#include "runtime/data/whole_number.hpp"

namespace lacuna::data {
namespace {

constexpr float no_rating = 99;  // of dense rows

bool is_clean(std::string_view field) {
  unsigned odd = 0;
  for (const char c : field) odd |= static_cast<unsigned>((c & 0x80) != 0 || c == '"' || c == '\\');
  return odd == 0;
}

[[noreturn]] void refuse_id(std::string_view row, std::string_view field, std::string_view name,
                            RowKind kind) {
  const bool digits = field.find_first_not_of("0123456789") == std::string_view::npos;
  throw RowError(
      fmt::format(
          "the {} '{}' {}{}", name, printable(field),
          digits && field.front() != '0' ? "exceeds 64 bits" : "is not a whole number >= 0",
          kind == RowKind::fields ? ": set data.type to \"csv\", which takes ids of any text" : ""),
      row);
}

/// An id that is not plain digits.
std::int32_t odd_code(std::string_view row, std::string_view field, std::string_view name,
                      const RowLayout& layout, IdColumn& ids) {
  const std::string_view text = trimmed(field);
  if (text.empty()) throw RowError(fmt::format("the {} is empty: remove the row", name), row);
  if (layout.numbers_only) refuse_id(row, field, name, layout.kind);
  if (const auto number = plain_whole_number(text)) return ids.number(*number);
  if (is_clean(text)) return ids.text(text);
  const bool quotes = layout.kind != RowKind::json && layout.format.quotes;
  return ids.text(to_text(text, quotes, layout.format.backslash));
}

std::int32_t code_of(std::string_view row, std::string_view field, std::string_view name,
                     const RowLayout& layout, IdColumn& ids) {
  std::uint64_t number = 0;
  if (read_plain_number(field, number)) return ids.number(number);
  return odd_code(row, field, name, layout, ids);
}

}  // namespace

void PieceParser::parse(std::string_view text, const RowLayout& layout) {
  clear();
  const PlainRows plain(layout);
  std::int64_t others = 0;  // rows that are not plain: where they are many, few are tried
  try {
    while (true) {
      if (blank_line == 0 && 8 * others <= lines) parse_plain(text, plain, layout);
      if (text.empty() || !parse_next(text, layout)) break;
      ++others;
    }
  } catch (const RowError& fault) {
    error = fault.what();
    error_line = blank_line != 0 ? blank_line : lines;
  }
}

void PieceParser::clear() {
  user.clear();
  item.clear();
  value.clear();
  time.clear();
  marks.clear();
  lines = rows = missing = dropped = blank_line = carried = 0;
  error.reset();
  tail = {};
  last_item.reset();
}

/// Parses rows up to the first that is not plain.
void PieceParser::parse_plain(std::string_view& text, const PlainRows& plain,
                              const RowLayout& layout) {
  PlainRow row;
  while (!text.empty() && plain.take(text, row)) {
    ++rows;
    mark(++lines);
    const std::int32_t user_code = users.number(row.user);
    const std::int32_t item_code = items.number(row.item);
    if (add(user_code, item_code, row.value, layout) && layout.has_time()) time.push_back(row.time);
  }
}

bool PieceParser::parse_next(std::string_view& text, const RowLayout& layout) {
  const std::string_view all = text;
  std::string_view row = take_line(text);
  const std::int64_t line = ++lines;
  if (row.empty()) {
    if (blank_line == 0) blank_line = line;
    return true;
  }
  if (blank_line != 0) throw blank_line_error();
  if (layout.kind == RowKind::blocks) {
    parse_block_row(row, layout);
  } else if (layout.kind == RowKind::dense) {
    parse_dense_row(row, layout);
  } else {
    RatingRow rating;
    RowOutcome outcome = parse_one(row, layout, rating);
    std::int64_t more = 0;
    while (outcome == RowOutcome::open && !text.empty()) {
      const std::string_view next = take_line(text);
      row = all.substr(0, static_cast<std::size_t>(next.data() + next.size() - all.data()));
      ++more;
      if (row.size() > max_line_bytes) throw open_row_error(row);
      outcome = parse_one(row, layout, rating);
    }
    if (outcome == RowOutcome::open) {
      tail = all;
      lines = line - 1;
      return false;
    }
    if (outcome == RowOutcome::missing) ++missing;
    if (outcome == RowOutcome::rating) keep(row, layout, rating, line);
    lines += more;
  }
  ++rows;
  return true;
}

RowOutcome PieceParser::parse_one(std::string_view row, const RowLayout& layout, RatingRow& out) {
  return layout.kind == RowKind::json ? json_.parse(row, layout, out) : parse_row(row, layout, out);
}

void PieceParser::keep(std::string_view row, const RowLayout& layout, const RatingRow& rating,
                       std::int64_t line) {
  const std::int32_t user_code = code_of(row, rating.user, "user id", layout, users);
  const std::int32_t item_code = code_of(row, rating.item, "item id", layout, items);
  mark(line);
  if (add(user_code, item_code, rating.value, layout) && layout.has_time()) {
    time.push_back(rating.time);
  }
}

void PieceParser::parse_block_row(std::string_view row, const RowLayout& layout) {
  if (row.ends_with(':')) {
    row.remove_suffix(1);
    last_item = code_of(row, row, "item id", layout, items);
    return;
  }
  RatingRow rating;
  const RowOutcome outcome = parse_row(row, layout, rating);
  if (outcome == RowOutcome::missing) ++missing;
  if (outcome != RowOutcome::rating) return;
  const std::int32_t user_code = code_of(row, rating.user, "user id", layout, users);
  mark(lines);
  if (!add(user_code, last_item.value_or(0), rating.value, layout)) return;
  if (!last_item) ++carried;
  if (layout.has_time()) time.push_back(rating.time);
}

void PieceParser::parse_dense_row(std::string_view row, const RowLayout& layout) {
  float stated = -1;
  std::int64_t found = 0;
  const std::size_t count =
      for_each_field(row, layout.format, [&](std::size_t number, std::string_view field) {
        const float rating = parse_rating(row, trimmed(field), layout).value_or(no_rating);
        if (number == 0) {
          stated = rating;
        } else if (rating != no_rating) {
          add(static_cast<std::int32_t>(rows), items.number(number), rating, layout);
          ++found;
        }
      });
  check_count(row, layout.format, count);
  if (static_cast<double>(stated) == static_cast<double>(found)) return;
  throw RowError(fmt::format("{} ratings where the first field says {}", found, stated), row);
}

bool PieceParser::add(std::int32_t user_code, std::int32_t item_code, float rating,
                      const RowLayout& layout) {
  if (!layout.drop_values.empty() &&
      std::ranges::find(layout.drop_values, rating) != layout.drop_values.end()) {
    ++dropped;
    return false;
  }
  user.push_back(user_code);
  item.push_back(item_code);
  value.push_back(rating);
  return true;
}

/// Says where the next entry stands, unless that follows from the last mark.
void PieceParser::mark(std::int64_t line) {
  const auto entry = static_cast<std::int64_t>(value.size());
  if (!marks.empty()) {
    if (marks.back().line + entry - marks.back().entry == line) return;
    if (marks.back().entry == entry) marks.pop_back();  // its row was dropped
  }
  marks.push_back({entry, line, 0});
}

}  // namespace lacuna::data
