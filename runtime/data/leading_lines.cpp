#include "runtime/data/leading_lines.hpp"

#include <fmt/format.h>

#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

bool is_comment(std::string_view line) {
  return line.starts_with('#') || line.starts_with('%');
}

std::string_view text_of_comment(std::string_view line) {
  const std::size_t begin = line.find_first_not_of("#% ");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

/// The one character that Excel's first line names.
std::string_view named_by_excel(std::string_view line) {
  if (line.size() > 1 && line.starts_with('"') && line.ends_with('"')) {
    line = line.substr(1, line.size() - 2);
  }
  return line.starts_with("sep=") && line.size() == 5 ? line.substr(4) : std::string_view();
}

}  // namespace

LeadingLines take_leading_lines(std::string_view& text) {
  LeadingLines found;
  int comments = 0;
  bool matrix_market = false;  // the sizes follow
  while (!text.empty()) {
    std::string_view rest = text;
    const std::string_view line = take_line(rest);
    const std::string_view delimiter = named_by_excel(line);
    if (!delimiter.empty()) {
      found.delimiter = delimiter;
    } else if (line.starts_with("%%MatrixMarket ")) {
      matrix_market = true;
    } else if (is_comment(line)) {
      found.comment = text_of_comment(line);
      ++comments;
    } else if (matrix_market && !trimmed(line).empty()) {
      matrix_market = false;
      found.notes.push_back(fmt::format("a Matrix Market file: its sizes are {}", printable(line)));
    } else if (!trimmed(line).empty()) {
      break;
    }
    ++found.count;
    text = rest;
  }
  if (comments > 0)
    found.notes.push_back(fmt::format("{} leading comment lines skipped", comments));
  return found;
}

}  // namespace lacuna::data
