#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/data/tables/column_scaling.hpp"

namespace lacuna::data {

enum class ColumnKind { number, category };

struct TableColumn {
  std::string name;
  ColumnKind kind = ColumnKind::number;
  std::vector<std::string> levels;  ///< of a category, distinct

  bool is_category() const { return kind == ColumnKind::category; }
  /// Of the array's columns: one, or one a level.
  std::int64_t width() const {
    return is_category() ? static_cast<std::int64_t>(levels.size()) : 1;
  }

  template <class V>
  static void fields(V& v) {
    v(&TableColumn::name, "name", "name in the file's header");
    v(&TableColumn::kind, "kind", "number, or category: one input a level");
    v(&TableColumn::levels, "levels", "texts of a category's cells, in the order of its inputs");
  }
};

/// What stands for a missing cell in every table.
std::vector<std::string> standard_missing();

/// How the rows of a table become inputs and targets: all that has to be kept to read another file
/// the same way. JSON through config::to_json and config::parse.
struct TableSchema {
  std::vector<TableColumn> inputs;
  std::int64_t copies = 1;  ///< how often a row's inputs stand side by side for the model
  TableColumn target;       ///< of a category the levels are the classes
  std::string weight;       ///< empty: there is none
  std::string delimiter = ",";
  std::vector<std::string> missing;  ///< texts of a missing cell
  ColumnScaling input_scaling;       ///< of one copy's columns
  ColumnScaling target_scaling;      ///< of a target that is a number

  /// Of one copy.
  std::int64_t input_columns() const;
  /// Whether a cell holds nothing.
  bool is_missing(std::string_view cell) const;

  /// Scales rows that were read by it. Throws DataError, which names the column, where a number is
  /// then too large for a float: one far from those that the scaling was fitted on.
  void scale(DataSet& rows) const;

  /// Throws std::invalid_argument where parts do not fit together.
  void check() const;

  template <class V>
  static void fields(V& v) {
    using S = TableSchema;
    v(&S::inputs, "inputs", "columns that are inputs, in their order");
    v(&S::copies, "copies", config::at_least(1), "how often they stand side by side");
    v(&S::target, "target", "column that is predicted; a category's levels are the classes");
    v(&S::weight, "weight", "column of the rows' weights; empty = none");
    v(&S::delimiter, "delimiter", "text between two fields");
    v(&S::missing, "missing", "texts of a missing cell");
    v(&S::input_scaling, "input_scaling", "scaling of the inputs, one-hot columns spread out");
    v(&S::target_scaling, "target_scaling", "scaling of a target that is a number");
  }
};

}  // namespace lacuna::data

namespace lacuna::config {

template <>
struct EnumNames<data::ColumnKind> {
  static constexpr std::array<std::pair<std::string_view, data::ColumnKind>, 2> values{
      {{"number", data::ColumnKind::number}, {"category", data::ColumnKind::category}}};
};

}  // namespace lacuna::config
