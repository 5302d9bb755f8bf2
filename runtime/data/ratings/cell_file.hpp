#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::data {

/// A row of a file that asks for predictions or gives ratings; columns that were not asked for are
/// 0.
struct NamedCell {
  std::uint64_t user = 0;
  std::uint64_t item = 0;
  float rating = 0;
  std::int64_t line = 0;
};

enum class CellColumns { user_item, item, item_rating };

/// The cells of a CSV file, plain or gzip, in its order. The header names the columns `user`,
/// `item` and `rating`, of which those asked for must be there; others are not looked at. Throws
/// DataError "path:line: what is wrong, in: row", and where there are no rows.
std::vector<NamedCell> read_cells(const std::string& path, CellColumns columns);

}  // namespace lacuna::data
