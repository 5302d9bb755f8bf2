#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/field.hpp"
#include "runtime/data/tables/table_config.hpp"

namespace lacuna::data {

/// x -> (x - shift) / scale in each column; 0 in one whose scale is 0, which had one value only.
/// Without any columns: x -> x. Of arrays that hold the columns several times side by side all
/// copies are scaled alike.
struct ColumnScaling {
  std::vector<double> shift;  ///< by column
  std::vector<double> scale;  ///< by column, >= 0

  /// Of the observed cells; `array` holds floats.
  void apply(DenseArray& array) const;
  /// Takes rows of the same columns back into their unit: x -> shift + scale * x.
  void undo(std::span<float> rows) const;

  /// Throws std::invalid_argument where this is no scaling of `columns` columns.
  void check(std::int64_t columns) const;

  template <class V>
  static void fields(V& v) {
    v(&ColumnScaling::shift, "shift", "what is subtracted, by column");
    v(&ColumnScaling::scale, "scale", config::at_least(0), "what it is then divided by");
  }
};

/// By the observed cells of `array` (bytes in their own unit), which holds the columns of
/// `is_number` once or several times side by side: of all copies together. Columns that are no
/// numbers are left as they are. Deviations divide by the number of cells.
ColumnScaling fit_scaling(const DenseArray& array, Scaling how, const std::vector<bool>& is_number);

}  // namespace lacuna::data
