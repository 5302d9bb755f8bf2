#include "runtime/data/tables/load_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/data/data_path.hpp"
#include "runtime/data/hide_cells.hpp"
#include "runtime/data/split_rows.hpp"
#include "runtime/data/tables/infer_schema.hpp"
#include "runtime/data/tables/injected_holes.hpp"
#include "runtime/data/tables/read_rows.hpp"
#include "runtime/data/tables/synthetic_records.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

RowParts split(const DataSet& data, const TablesConfig& config) {
  std::span<const std::int32_t> stratum;
  if (config.stratify) {
    const auto* labels = std::get_if<Labels>(&data.fields.at("target"));
    if (labels == nullptr) {
      throw ConfigError(
          "data.stratify needs a target of classes: set it to false, or data.target_kind to "
          "\"class\"");
    }
    stratum = labels->value;
  }
  return split_rows(data.rows(), {config.test_share, config.validation_share, config.split_seed},
                    stratum);
}

/// A mean over rows that weigh nothing is NaN.
void check_weights(const DataSet& part, const char* name) {
  const auto found = part.fields.find("weight");
  if (found == part.fields.end()) return;
  const auto& weights = std::get<std::vector<float>>(std::get<DenseArray>(found->second).values);
  if (std::ranges::all_of(weights, [](float weight) { return weight == 0; })) {
    throw DataError(
        fmt::format("{}: the weights of all {} rows are 0: set another "
                    "data.split_seed, or weigh some of them",
                    part.source, name));
  }
}

/// Fits the scalings on the training rows and scales all parts.
void scale(TableSplit& table, const TablesConfig& config) {
  TableSchema& schema = table.schema;
  std::vector<bool> is_number;
  for (const TableColumn& column : schema.inputs) {
    is_number.insert(is_number.end(), static_cast<std::size_t>(column.width()),
                     !column.is_category());
  }
  const auto array = [](DataSet& part, const char* name) -> DenseArray& {
    return std::get<DenseArray>(part.fields.at(name));
  };
  schema.input_scaling = fit_scaling(array(table.train, "input"), config.scale, is_number);
  if (config.scale_target && !schema.target.is_category()) {
    schema.target_scaling = fit_scaling(array(table.train, "target"), Scaling::standardize, {true});
  }
  for (DataSet* part : {&table.train, &table.validation, &table.test}) schema.scale(*part);
}

/// The rows of part `number`, with copies and holes; not scaled.
DataSet take_part(const DataSet& data, const std::vector<std::int64_t>& rows, std::uint32_t number,
                  const TablesConfig& config) {
  DataSet part = take_rows(data, rows);
  auto& input = std::get<DenseArray>(part.fields.at("input"));
  input = repeat_columns(input, config.copies);
  if (config.holes) inject_holes(part, rows, number, *config.holes, config.split_seed);
  return part;
}

/// The inputs' columns in all copies.
std::vector<CellGroup> groups_of(const TableSchema& schema) {
  std::vector<CellGroup> groups;
  std::int64_t at = 0;
  for (std::int64_t copy = 0; copy < schema.copies; ++copy) {
    for (const TableColumn& column : schema.inputs) {
      groups.push_back({at, column.width(), !column.is_category(), column.name});
      at += column.width();
    }
  }
  return groups;
}

TableSplit take_parts(const DataSet& data, const RowParts& rows, TableSchema schema,
                      const TablesConfig& config) {
  TableSplit table{
      {take_part(data, rows.train, 0, config), take_part(data, rows.validation, 1, config),
       take_part(data, rows.test, 2, config)},
      std::move(schema),
      {}};
  table.schema.copies = config.copies;
  check_weights(table.train, "training");
  check_weights(table.validation, "validation");
  check_weights(table.test, "test");
  if (config.hide) hide_cells(table, rows, groups_of(table.schema), *config.hide);
  scale(table, config);
  return table;
}

}  // namespace

TableSplit load_table(const TableSource& source) {
  const std::string path = locate_file(source.path);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    throw DataError(path + " is no regular file: a table is read several times, so save it first");
  }
  InferredSchema inferred = infer_schema(path, source);
  const DataSet data = read_rows(path, inferred.schema, {source.missing_target, source.max_bytes});
  if (data.checksum != inferred.checksum) {
    throw DataError(path + " changed while it was read: start again");
  }
  return take_parts(data, split(data, source), std::move(inferred.schema), source);
}

TableSplit load_table(const SyntheticTable& source) {
  const TableGenerator generator(source);
  const DataSet data = generator.generate();
  const RowParts rows = split(data, source);
  TableSplit table = take_parts(data, rows, generator.schema(), source);
  if (!source.holes && !source.hide) table.truth = generator.truth(rows.test);
  return table;
}

TableSplit load_table(const SyntheticRecords& source) {
  const RecordsGenerator generator(source);
  const DataSet data = generator.generate();
  return take_parts(data, split(data, source), generator.schema(), source);
}

}  // namespace lacuna::data
