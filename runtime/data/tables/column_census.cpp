#include "runtime/data/tables/column_census.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

/// By number where all are numbers, else by bytes.
void sort_levels(std::vector<std::string>& levels) {
  std::ranges::sort(levels);
  const auto is_number = [](const std::string& level) {
    const auto number = to_number(level);
    return number && std::isfinite(*number);
  };
  if (!std::ranges::all_of(levels, is_number)) return;
  std::ranges::stable_sort(levels, {}, [](const std::string& level) { return *to_number(level); });
}

}  // namespace

void ColumnCensus::look_at(const TableRow& row) {
  has_cells_ = true;
  const std::string_view field = cell(row);
  const std::optional<float> number = to_number(field);
  SeenCell* kind = !number                          ? &text_
                   : !std::isfinite(*number)        ? &infinite_
                   : std::trunc(*number) != *number ? &fraction_
                                                    : nullptr;
  if (kind != nullptr && kind->line == 0) *kind = {row.line, std::string(field)};
}

void ColumnCensus::require_numbers(const std::string& path, std::string_view advice) const {
  const SeenCell& fault = text_.line != 0 ? text_ : infinite_;
  if (fault.line == 0) return;
  throw error_at(path, fault.line,
                 fmt::format("column '{}': '{}' is not a finite number: {}", printable(name_),
                             printable(fault.text), advice));
}

void ColumnCensus::add_level(const TableRow& row) {
  levels_.insert(to_text(cell(row), true));
}

RowError ColumnCensus::too_many_levels(const TableRow& row, std::int64_t most) const {
  const std::string why = text_.line != 0 ? fmt::format(" ('{}' on line {} is no number)",
                                                        printable(text_.text), text_.line)
                                          : "";
  return row.error(name_, fmt::format("more than {} levels of a category{}: name what stands for a "
                                      "missing cell in data.missing, leave the column out by "
                                      "data.ignore, or raise data.max_levels",
                                      most, why));
}

TableColumn ColumnCensus::result() const {
  TableColumn column{name_,
                     levels_.empty() ? ColumnKind::number : ColumnKind::category,
                     {levels_.begin(), levels_.end()}};
  sort_levels(column.levels);
  return column;
}

}  // namespace lacuna::data
