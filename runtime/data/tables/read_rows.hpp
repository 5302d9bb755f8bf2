#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/data/field.hpp"
#include "runtime/data/tables/table_schema.hpp"
#include "runtime/data/text_source.hpp"

namespace lacuna::data {

struct RowOptions {
  /// Nothing: rows without target are kept, their target is unknown.
  std::optional<MissingTarget> missing_target = {};
  std::uint64_t max_bytes = default_max_bytes;
  bool inputs_only = false;  ///< target and weight are not looked at
};

/// The rows of the CSV file at `path` as `schema` describes them, scaled as it says:
/// "input", floats [rows, input_columns()]; "target", Labels or floats [rows, 1]; "weight", floats
/// [rows, 1]. Of a category the cell of its level is 1, the others are 0; where it is missing, all
/// are. Columns stand in any order, others are not looked at; target and weight may be absent, and
/// so is their field then.
///
/// Throws DataError "path:line: column 'x': what, in: row" on an unknown level, a cell that should
/// be a number, a missing or negative weight, and a missing target where it must be there; where an
/// input column is absent; where no row is left; and as for_each_row().
DataSet read_rows(const std::string& path, const TableSchema& schema,
                  const RowOptions& options = {});

}  // namespace lacuna::data
