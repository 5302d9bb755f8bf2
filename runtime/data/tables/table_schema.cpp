#include "runtime/data/tables/table_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>

#include "runtime/data/row_fields.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

void check_column(const TableColumn& column) {
  const std::set<std::string> distinct(column.levels.begin(), column.levels.end());
  if (column.is_category() ? column.levels.empty() : !column.levels.empty()) {
    throw std::invalid_argument("a category must have levels, a number none");
  }
  if (distinct.size() != column.levels.size()) {
    throw std::invalid_argument(
        fmt::format("the levels of '{}' must differ", printable(column.name)));
  }
}

/// The place of the first column with a cell that is not finite, if there is one.
std::optional<std::int64_t> not_finite(const DenseArray& array) {
  const auto& values = std::get<std::vector<float>>(array.values);
  const auto found = std::ranges::find_if_not(values, [](float x) { return std::isfinite(x); });
  if (found == values.end()) return std::nullopt;
  return (found - values.begin()) % array.columns();
}

void apply(const ColumnScaling& scaling, DenseArray& array, const std::string& source,
           std::span<const TableColumn> columns) {
  scaling.apply(array);
  std::optional<std::int64_t> place = not_finite(array);
  if (!place) return;
  std::int64_t distinct = 0;
  for (const TableColumn& each : columns) distinct += each.width();
  *place %= distinct;
  auto column = columns.begin();
  for (; *place >= column->width(); ++column) *place -= column->width();
  throw DataError(
      fmt::format("{}: column '{}': a number is so far from those of the training rows that it "
                  "cannot be scaled: look for a wrong one, or set data.scale to \"none\"",
                  source, printable(column->name)));
}

}  // namespace

std::vector<std::string> standard_missing() {
  return {"", "NA", "NaN", "nan", "?"};
}

std::int64_t TableSchema::input_columns() const {
  std::int64_t columns = 0;
  for (const TableColumn& column : inputs) columns += column.width();
  return columns;
}

bool TableSchema::is_missing(std::string_view cell) const {
  return std::ranges::find(missing, cell) != missing.end();
}

void TableSchema::scale(DataSet& rows) const {
  apply(input_scaling, std::get<DenseArray>(rows.fields.at("input")), rows.source, inputs);
  const auto found = rows.fields.find("target");
  if (found == rows.fields.end()) return;
  auto* numbers = std::get_if<DenseArray>(&found->second);
  if (numbers != nullptr) apply(target_scaling, *numbers, rows.source, {&target, 1});
}

void TableSchema::check() const {
  check_delimiter(delimiter);
  for (const TableColumn& column : inputs) check_column(column);
  check_column(target);
  input_scaling.check(input_columns());
  target_scaling.check(1);
}

}  // namespace lacuna::data
