#include "runtime/metrics/table.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "runtime/io/visible.hpp"
#include "runtime/metrics/text_width.hpp"

namespace lacuna::metrics {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::size_t> column_widths(const Rows& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 3);  // what markdown's rule needs
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], text_width(row[c]));
    }
  }
  return widths;
}

std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                 std::string_view separator) {
  std::string text;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (c > 0) text += separator;
    const std::string padding(widths[c] - text_width(cells[c]), ' ');
    text += c == 0 ? cells[c] + padding : padding + cells[c];
  }
  return text;
}

/// A cell is one line.
std::vector<std::string> shown(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = io::visible(cell);
  return cells;
}

std::string escape_bars(std::string_view cell) {
  std::string escaped;
  for (const char c : cell) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

Table::Table(std::vector<std::string> header) {
  rows_.push_back(shown(std::move(header)));
}

void Table::add_row(std::vector<std::string> cells) {
  if (cells.size() != rows_.front().size()) {
    throw std::invalid_argument("a table's row needs one cell per column");
  }
  rows_.push_back(shown(std::move(cells)));
}

std::string Table::text() const {
  const auto widths = column_widths(rows_);
  std::vector<std::string> rules;
  for (const std::size_t width : widths) rules.emplace_back(width, '-');
  std::string text;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    text += line(rows_[r], widths, "  ") + '\n';
    if (r == 0) text += line(rules, widths, "  ") + '\n';
  }
  return text;
}

std::string Table::markdown() const {
  Rows rows = rows_;
  for (auto& row : rows) std::transform(row.begin(), row.end(), row.begin(), escape_bars);
  const auto widths = column_widths(rows);
  std::vector<std::string> rules;
  for (const std::size_t width : widths) {
    rules.push_back(rules.empty() ? std::string(width, '-') : std::string(width - 1, '-') + ':');
  }
  rows.insert(rows.begin() + 1, rules);
  std::string text;
  for (const auto& row : rows) text += "| " + line(row, widths, " | ") + " |\n";
  return text;
}

}  // namespace lacuna::metrics
