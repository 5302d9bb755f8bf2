#include "runtime/data/ratings/piece_parser.hpp"

#include "runtime/data/text_lines.hpp"

namespace lacuna::data {

void PieceParser::parse(std::string_view text, const RowLayout& layout) {
  user.clear();
  item.clear();
  value.clear();
  lines = blank_line = 0;
  error.reset();
  try {
    while (!text.empty()) parse_line(take_line(text), layout);
  } catch (const RowError& fault) {
    error = fault.what();
    error_line = blank_line != 0 ? blank_line : lines;
  }
}

void PieceParser::parse_line(std::string_view line, const RowLayout& layout) {
  ++lines;
  if (line.empty()) {
    if (blank_line == 0) blank_line = lines;
    return;
  }
  if (blank_line != 0) throw blank_line_error();
  const RatingRow row = parse_row(line, layout);
  user.push_back(users(row.user));
  item.push_back(items(row.item));
  value.push_back(row.value);
}

}  // namespace lacuna::data
