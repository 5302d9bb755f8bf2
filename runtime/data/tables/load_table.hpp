#pragma once

#include <optional>

#include "runtime/data/field.hpp"
#include "runtime/data/tables/records_config.hpp"
#include "runtime/data/tables/synthetic_table.hpp"
#include "runtime/data/tables/table_config.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::data {

/// What an experiment trains and is judged on. The parts have the fields of read_rows(), the inputs
/// in their copies, with holes where they are drawn (injected_holes.hpp, hide_cells.hpp), and
/// scaled.
struct TableSplit : SplitData {
  TableSchema schema;               ///< with the scalings, by the observed cells of training rows
  std::optional<TableTruth> truth;  ///< of a SyntheticTable without drawn holes
};

/// Reads a table, splits it by rows (split_rows.hpp) and scales it. Both files and generated tables
/// need about twice the memory of their values. Throws DataError as infer_schema() and read_rows()
/// do, where the file is none or changes while it is read, where a part would be empty or its
/// rows weigh nothing; ConfigError where a target that is a number is to be stratified, and as
/// hide_cells().
TableSplit load_table(const TableSource& source);
TableSplit load_table(const SyntheticTable& source);
TableSplit load_table(const SyntheticRecords& source);

}  // namespace lacuna::data
