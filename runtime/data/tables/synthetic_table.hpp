#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/field.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/data/tables/hidden_cells.hpp"
#include "runtime/data/tables/table_config.hpp"
#include "runtime/data/tables/table_model.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::data {

/// What the best prediction would score on some rows, in the target's own unit: the expected RMSE
/// of a number, the expected error rate of classes.
struct TableTruth {
  double floor = 0;           ///< from the cells that are observed
  double complete_floor = 0;  ///< from all cells, the hidden ones too
};

/// Tables with a known truth and holes. Cells are x_j ~ N(0, 1), independent, and
///
///     f(x) = sum_j a_j x_j + sum_k b_k x_{i_k} x_{j_k}
///
/// with pairs i_k < j_k that are all different, and a and b drawn from N(0, 1), then scaled so that
/// the sums have the standard deviations `linear` and `interaction`. A number is y = f(x) + noise
/// e, e ~ N(0, 1). Classes have an f_c each, on the same pairs, and are drawn from softmax(f_c(x) /
/// noise). A cell is hidden as hidden_cells.hpp says, whatever the others are.
///
/// A function of the source alone; row r does not depend on the number of rows.
class TableGenerator {
 public:
  /// Throws std::invalid_argument as source.check() does.
  explicit TableGenerator(const SyntheticTable& source);

  /// All rows: "input", floats [rows, columns], and "target", as read_rows() gives them.
  DataSet generate() const;
  /// Columns x1, x2, ... and the target y with the classes 0, 1, ...
  TableSchema schema() const;
  /// Of the given rows. What hidden cells do to classes is an average over 512 draws of them.
  TableTruth truth(std::span<const std::int64_t> rows) const;

 private:
  struct Row {
    std::vector<double> x;
    std::vector<bool> hidden;
  };
  struct Targets {  // one of the two
    std::vector<float> number;
    std::vector<std::int32_t> label;
  };
  Row row(std::int64_t r) const;
  void draw_target(const Row& row, std::int64_t r, Targets& targets) const;
  double squared_error(const Row& row) const;
  double error_rate(const Row& row, std::int64_t r) const;

  SyntheticTable source_;
  TableModel model_;
  HiddenCells holes_;
};

}  // namespace lacuna::data
