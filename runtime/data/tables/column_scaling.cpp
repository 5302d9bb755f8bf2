#include "runtime/data/tables/column_scaling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace lacuna::data {
namespace {

/// Calls visit(column, cell) for each observed cell; copies of `distinct` columns count as them.
template <class Values, class Visit>
void for_each_observed(const DenseArray& array, Values& values, std::size_t distinct, Visit visit) {
  auto cell = values.begin();
  const std::int64_t columns = array.columns();
  for (std::int64_t row = 0; row < array.rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column, ++cell) {
      if (is_observed(array.mask, columns, row, column)) {
        visit(static_cast<std::size_t>(column) % distinct, *cell);
      }
    }
  }
}

struct ColumnSpread {
  double count = 0;
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  double mean = 0;
  double deviation = 0;

  bool is_constant() const { return !(low < high); }  // or has no cell
};

template <class Values>
std::vector<ColumnSpread> spreads(const DenseArray& array, const Values& values,
                                  std::size_t distinct) {
  std::vector<ColumnSpread> columns(distinct);
  for_each_observed(array, values, distinct, [&](std::size_t c, auto cell) {
    ColumnSpread& column = columns[c];
    const auto x = static_cast<double>(cell);
    column.count += 1;
    column.low = std::min(column.low, x);
    column.high = std::max(column.high, x);
    column.mean += x;
  });
  for (ColumnSpread& column : columns) column.mean /= std::max(column.count, 1.0);
  for_each_observed(array, values, distinct, [&](std::size_t c, auto cell) {
    const double difference = static_cast<double>(cell) - columns[c].mean;
    columns[c].deviation += difference * difference;
  });
  for (ColumnSpread& column : columns) {
    column.deviation = std::sqrt(column.deviation / std::max(column.count, 1.0));
  }
  return columns;
}

}  // namespace

void ColumnScaling::apply(DenseArray& array) const {
  if (shift.empty()) return;
  auto& values = std::get<std::vector<float>>(array.values);
  for_each_observed(array, values, shift.size(), [&](std::size_t c, float& cell) {
    const double scaled = scale[c] > 0 ? (static_cast<double>(cell) - shift[c]) / scale[c] : 0;
    cell = static_cast<float>(scaled);
  });
}

void ColumnScaling::undo(std::span<float> rows) const {
  for (std::size_t i = 0; i < rows.size() && !shift.empty(); ++i) {
    const std::size_t c = i % shift.size();
    rows[i] = static_cast<float>(shift[c] + scale[c] * static_cast<double>(rows[i]));
  }
}

void ColumnScaling::check(std::int64_t columns) const {
  const auto size = static_cast<std::int64_t>(shift.size());
  if (shift.size() != scale.size() || (size != 0 && size != columns)) {
    throw std::invalid_argument("a scaling must have a shift and a scale for each column");
  }
}

ColumnScaling fit_scaling(const DenseArray& array, Scaling how,
                          const std::vector<bool>& is_number) {
  if (how == Scaling::none) return {};
  ColumnScaling fitted;
  const std::vector<ColumnSpread> columns = std::visit(
      [&](const auto& values) { return spreads(array, values, is_number.size()); }, array.values);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const ColumnSpread& column = columns[c];
    const bool is_unit = how == Scaling::unit;
    double shift = 0;
    double scale = 1;
    if (is_number[c]) {
      shift = column.count == 0 ? 0 : is_unit ? column.low : column.mean;
      scale = column.is_constant() ? 0 : is_unit ? column.high - column.low : column.deviation;
    }
    fitted.shift.push_back(shift);
    fitted.scale.push_back(scale);
  }
  return fitted;
}

}  // namespace lacuna::data
