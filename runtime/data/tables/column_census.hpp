#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "runtime/data/tables/table_rows.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::data {

/// What the cells of one column of a file are.
class ColumnCensus {
 public:
  /// `place`: its number in the file. `categorical`: it is a category whatever its cells are.
  ColumnCensus(std::string name, std::size_t place, bool categorical = false)
      : name_(std::move(name)), place_(place), categorical_(categorical) {}

  const std::string& name() const { return name_; }
  /// The column's cell in a row.
  std::string_view cell(const TableRow& row) const { return row.fields[place_]; }

  /// Of a cell that is not missing: looks what kind it is.
  void look_at(const TableRow& row);
  bool has_cells() const { return has_cells_; }
  bool is_category() const { return categorical_ || text_.line != 0; }
  /// Whole numbers only.
  bool is_whole() const { return text_.line == 0 && infinite_.line == 0 && fraction_.line == 0; }
  /// Throws DataError "path:line: column 'x': 'cell' is not a finite number: advice" unless all
  /// are.
  void require_numbers(const std::string& path, std::string_view advice) const;

  /// Of a cell that is not missing: keeps its text.
  void add_level(const TableRow& row);
  std::int64_t levels() const { return static_cast<std::int64_t>(levels_.size()); }
  void forget_levels() { levels_.clear(); }
  /// What is wrong with the row that has one more level than `most`.
  RowError too_many_levels(const TableRow& row, std::int64_t most) const;

  /// A category where there are levels, else a number.
  TableColumn result() const;

 private:
  struct SeenCell {
    std::int64_t line = 0;  // 0: there is none
    std::string text;
  };

  std::string name_;
  std::size_t place_;
  bool categorical_;
  bool has_cells_ = false;
  SeenCell text_;      // the first that is no number
  SeenCell infinite_;  // the first number that is not finite
  SeenCell fraction_;  // the first of these
  std::unordered_set<std::string> levels_;
};

}  // namespace lacuna::data
