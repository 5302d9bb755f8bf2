#include "runtime/data/tables/read_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/data/tables/table_rows.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

/// The cells of one column as numbers.
class ColumnReader {
 public:
  /// Both stay.
  ColumnReader(const TableSchema& schema, const TableColumn& column, std::size_t place)
      : schema_(&schema), column_(&column), place_(place) {
    for (const std::string& level : column.levels) {
      number_of_.emplace(level, static_cast<std::int32_t>(number_of_.size()));
    }
  }

  bool is_missing(const TableRow& row) const { return schema_->is_missing(row.fields[place_]); }

  /// Of a cell that is not missing.
  float number(const TableRow& row) const {
    const std::string_view cell = row.fields[place_];
    const auto number = to_number(cell);
    if (number && std::isfinite(*number)) return *number;
    throw error(row, fmt::format("'{}' is not a finite number", printable(cell)));
  }

  /// Of a cell that is not missing.
  std::int32_t level(const TableRow& row) const {
    const std::string_view cell = row.fields[place_];
    const auto found = number_of_.find(to_text(cell, true));
    if (found != number_of_.end()) return found->second;
    throw error(row, fmt::format("unknown level '{}'", printable(cell)));
  }

  RowError error(const TableRow& row, std::string_view what) const {
    return row.error(column_->name, what);
  }

 private:
  const TableSchema* schema_;
  const TableColumn* column_;
  std::size_t place_;
  std::unordered_map<std::string, std::int32_t> number_of_;
};

/// A float array while its rows come in.
class RowCollector {
 public:
  explicit RowCollector(std::int64_t columns) : columns_(columns) { array_.shape = {columns}; }

  void start_row() {
    ++array_.rows;
    values_.resize(values_.size() + static_cast<std::size_t>(columns_));
    array_.mask.resize(array_.mask.size() + static_cast<std::size_t>(mask_row_bytes(columns_)));
  }

  /// Of the last row; a cell that is not set is missing.
  void set(std::int64_t column, float value) {
    values_[values_.size() - static_cast<std::size_t>(columns_ - column)] = value;
    set_observed(array_.mask, columns_, array_.rows - 1, column);
    ++observed_;
  }

  std::int64_t rows() const { return array_.rows; }

  DenseArray take() {
    if (observed_ == array_.rows * columns_) array_.mask = {};
    array_.values = std::move(values_);
    return std::move(array_);
  }

 private:
  std::int64_t columns_;
  std::int64_t observed_ = 0;
  std::vector<float> values_;
  DenseArray array_;
};

class RowReader {
 public:
  RowReader(const TableSchema& schema, const RowOptions& options)
      : schema_(schema), options_(options), input_(schema.input_columns()) {}

  void start(const TableHeader& header) {
    for (const TableColumn& column : schema_.inputs) {
      inputs_.emplace_back(schema_, column, header.at(column.name, "an input of the model"));
    }
    if (options_.inputs_only) return;
    if (const auto place = header.find(schema_.target.name)) {
      target_.emplace(schema_, schema_.target, *place);
    }
    if (schema_.weight.empty()) return;
    if (const auto place = header.find(schema_.weight)) {
      weight_.emplace(schema_, weight_column_, *place);
    }
  }

  void read(const TableRow& row) {
    if (target_ && target_->is_missing(row) && options_.missing_target) {
      if (*options_.missing_target == MissingTarget::drop) return;
      throw target_->error(row,
                           "missing: set data.missing_target to \"drop\" to leave such rows out");
    }
    if (input_.rows() == std::numeric_limits<std::int32_t>::max()) {
      throw RowError("more than 2^31 rows: take a part of the data", row.text);
    }
    read_inputs(row);
    if (target_) read_target(row);
    if (weight_) read_weight(row);
  }

  DataSet take() {
    DataSet data;
    data.fields.emplace("input", input_.take());
    if (target_ && schema_.target.is_category()) {
      data.fields.emplace("target", Labels{std::move(classes_), schema_.target.levels});
    } else if (target_) {
      data.fields.emplace("target", target_values_.take());
    }
    if (weight_) data.fields.emplace("weight", weights_.take());
    return data;
  }

 private:
  void read_inputs(const TableRow& row) {
    input_.start_row();
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const TableColumn& column = schema_.inputs[i];
      if (!inputs_[i].is_missing(row)) set_input(row, inputs_[i], column, begin);
      begin += column.width();
    }
  }

  void set_input(const TableRow& row, const ColumnReader& reader, const TableColumn& column,
                 std::int64_t begin) {
    if (!column.is_category()) return input_.set(begin, reader.number(row));
    const std::int32_t level = reader.level(row);
    for (std::int64_t l = 0; l < column.width(); ++l)
      input_.set(begin + l, l == level ? 1.0f : 0.0f);
  }

  void read_target(const TableRow& row) {
    const bool missing = target_->is_missing(row);
    if (schema_.target.is_category()) {
      classes_.push_back(missing ? -1 : target_->level(row));
    } else {
      target_values_.start_row();
      if (!missing) target_values_.set(0, target_->number(row));
    }
  }

  void read_weight(const TableRow& row) {
    if (weight_->is_missing(row)) throw weight_->error(row, "a row without weight");
    const float weight = weight_->number(row);
    if (weight < 0) throw weight_->error(row, "a weight must not be negative");
    weights_.start_row();
    weights_.set(0, weight);
  }

  const TableSchema& schema_;
  const RowOptions& options_;
  const TableColumn weight_column_{schema_.weight, ColumnKind::number, {}};
  std::vector<ColumnReader> inputs_;
  std::optional<ColumnReader> target_;
  std::optional<ColumnReader> weight_;
  RowCollector input_;
  std::vector<std::int32_t> classes_;
  RowCollector target_values_{1};
  RowCollector weights_{1};
};

}  // namespace

DataSet read_rows(const std::string& path, const TableSchema& schema, const RowOptions& options) {
  schema.check();
  RowReader reader(schema, options);
  const std::string checksum = for_each_row(
      {path, schema.delimiter, options.max_bytes},
      [&](const TableHeader& header) { reader.start(header); },
      [&](const TableRow& row) { reader.read(row); });
  DataSet data = reader.take();
  if (data.rows() == 0) {
    throw DataError(
        fmt::format("{}: column '{}': no row has a target", path, printable(schema.target.name)));
  }
  data.source = path;
  data.checksum = checksum;
  schema.scale(data);
  return data;
}

}  // namespace lacuna::data
