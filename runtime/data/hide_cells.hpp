#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/data/field.hpp"
#include "runtime/data/hide_config.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/data/split_rows.hpp"

/// Input cells that are hidden on purpose: they become missing.
namespace lacuna::data {

/// Cells of a row that are missing together: a number, or the levels of a category.
struct CellGroup {
  std::int64_t first = 0;  ///< column of the input
  std::int64_t width = 1;
  bool is_number = true;
  std::string name = {};  ///< for `column`; copies of a column share it
};

/// Each column by itself, named by its number.
std::vector<CellGroup> single_cells(std::int64_t columns);

/// Hides the observed cells of "input" that the configuration says. `rows` are the rows' numbers in
/// the data, no two of them alike: what a row loses depends on the seed, its number, its values
/// and, in mar and mnar, on the training rows. Throws ConfigError for a `column` that there is not,
/// that holds a category, or that is not always observed, and where none would do.
void hide_cells(SplitData& split, const RowParts& rows, const std::vector<CellGroup>& groups,
                const HideConfig& config);

/// Hides the groups of observed cells whose draw lies below probability(row of `input`, group). The
/// draw is a function of the stream, the row's number (in place of the step) and the column.
template <class Probability>
void hide_where(DenseArray& input, std::span<const std::int64_t> numbers,
                std::span<const CellGroup> groups, RandomStream stream, Probability probability) {
  const std::int64_t columns = input.columns();
  if (input.mask.empty()) {
    input.mask.resize(static_cast<std::size_t>(input.rows * mask_row_bytes(columns)));
    for (std::int64_t r = 0; r < input.rows; ++r) {
      for (std::int64_t c = 0; c < columns; ++c) set_observed(input.mask, columns, r, c);
    }
  }
  for (std::int64_t r = 0; r < input.rows; ++r) {
    stream.step = static_cast<std::uint32_t>(numbers[static_cast<std::size_t>(r)]);
    for (const CellGroup& group : groups) {
      if (!is_observed(input.mask, columns, r, group.first)) continue;
      if (uniform_at(stream, group.first) >= probability(r, group)) continue;
      for (std::int64_t c = group.first; c < group.first + group.width; ++c) input.hide(r, c);
    }
  }
}

}  // namespace lacuna::data
