#include "runtime/data/tables/table_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "runtime/data/row_fields.hpp"

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

void TableSchema::check() const {
  check_delimiter(delimiter);
  for (const TableColumn& column : inputs) check_column(column);
  check_column(target);
  input_scaling.check(input_columns());
  target_scaling.check(1);
}

}  // namespace lacuna::data
