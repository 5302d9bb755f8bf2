#include "runtime/data/leading_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/whole_number.hpp"

namespace lacuna::data {
namespace {

bool is_comment(std::string_view line) {
  return line.starts_with('#') || line.starts_with('%');
}

std::string_view text_of_comment(std::string_view line) {
  const std::size_t begin = line.find_first_not_of("#% ");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

std::string in_small_letters(std::string_view line) {
  std::string lower(line);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// Of a Matrix Market file.
bool is_banner(std::string_view line) {
  return in_small_letters(line).starts_with("%%matrixmarket ");
}

/// Other kinds do not list every cell.
void check_kind(std::string_view banner, const std::string& path, std::int64_t line) {
  const std::string lower = in_small_letters(banner);
  const bool listed = lower.find(" coordinate ") != lower.npos;
  if (listed && lower.find(" general") != lower.npos) return;
  const RowError error(
      "a Matrix Market file of another kind than 'coordinate ... general': write it as one, as "
      "scipy.io.mmwrite(FILE, matrix, symmetry='general') does of a sparse matrix",
      banner);
  throw error_at(path, line, error.what());
}

bool is_sizes(std::string_view line) {
  const std::vector<std::string_view> fields =
      split_fields(line, {.delimiter = " ", .blanks = true});
  return fields.size() == 3 && std::ranges::all_of(fields, [](std::string_view field) {
           return whole_number(field).has_value();
         });
}

/// The one character that Excel's first line names.
std::string_view named_by_excel(std::string_view line) {
  if (line.size() > 1 && line.starts_with('"') && line.ends_with('"')) {
    line = line.substr(1, line.size() - 2);
  }
  return line.starts_with("sep=") && line.size() == 5 ? line.substr(4) : std::string_view();
}

}  // namespace

LeadingLines take_leading_lines(std::string_view& text, const std::string& path) {
  LeadingLines found;
  int comments = 0;
  bool matrix_market = false;  // the sizes follow
  while (!text.empty()) {
    std::string_view rest = text;
    const std::string_view line = take_line(rest);
    const std::string_view delimiter = named_by_excel(line);
    if (!delimiter.empty()) {
      found.delimiter = delimiter;
    } else if (is_banner(line)) {
      matrix_market = true;
      check_kind(line, path, found.count + 1);
    } else if (is_comment(line)) {
      found.comment = text_of_comment(line);
      ++comments;
    } else if (matrix_market && is_sizes(line)) {
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
