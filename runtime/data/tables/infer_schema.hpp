#pragma once

#include <string>

#include "runtime/data/tables/table_config.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::data {

struct InferredSchema {
  TableSchema schema;    ///< without scalings
  std::string checksum;  ///< of the text it was read from
};

/// What the columns of the CSV file at `path` (not source.path) are, decided over the whole file,
/// which is read once or twice. Of the columns that are neither target, weight nor ignored, those
/// all of whose cells are numbers or missing are numbers; others, and those that
/// source.categorical names, are categories. Levels are the texts that occur, sorted as numbers
/// where all are numbers, else by bytes; "1" and "1.0" are two.
///
/// Throws DataError "path:line: column 'x': what" on infinite numbers, a column of more than
/// source.max_levels levels, a target or weight that is no number and should be; where a named
/// column is missing, with the nearest one that is there; where no target is known or all are one
/// class; and as for_each_row().
InferredSchema infer_schema(const std::string& path, const TableSource& source);

}  // namespace lacuna::data
