#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/ratings/file_format.hpp"

namespace lacuna::data {

/// A row of a file that asks for predictions or gives ratings; what was not asked for is empty or
/// 0.
struct NamedCell {
  std::string user;
  std::string item;
  float rating = 0;
  std::int64_t line = 0;
};

enum class CellColumns { user_item, item, item_rating };

/// The cells of a text file, plain or packed, in its order. Its first line names the columns: as
/// `known` has them (those of the data that a model was trained on), or user, item and rating;
/// others are not looked at. The delimiter is that of `known`, or found. Throws DataError
/// "path:line: what is wrong, in: row", and where there are no rows.
std::vector<NamedCell> read_cells(const std::string& path, CellColumns columns,
                                  const FileFormat& known = {});

}  // namespace lacuna::data
