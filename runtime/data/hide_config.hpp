#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "runtime/config/fields.hpp"

/// Cells that experiments hide; what draws them stands in hide_cells.hpp.
namespace lacuna::data {

/// What the probability that a cell is hidden depends on (Rubin): nothing, a column that is always
/// observed, or the cell's own value.
enum class HideMechanism { mcar, mar, mnar };

/// Input cells that are hidden, as if they had never been observed.
struct HideConfig {
  HideMechanism mechanism = HideMechanism::mcar;
  double train_rate = 0;
  std::optional<double> test_rate = {};
  double depends = 1;
  std::optional<std::variant<std::string, std::int64_t>> column = {};
  std::uint64_t seed = 0;

  double rate_of_test() const { return test_rate.value_or(train_rate); }

  void check() const {
    if (column && mechanism != HideMechanism::mar) {
      throw std::invalid_argument("column is for mechanism 'mar' only");
    }
  }

  template <class V>
  static void fields(V& v) {
    using H = HideConfig;
    v(&H::mechanism, "mechanism",
      "mcar = each cell with the rate as its probability; mar = by the row's value in `column`; "
      "mnar = by the cell's own value: sigmoid(t + depends z), z that value standardised by the "
      "training rows' observed cells, t such that their mean probability is the rate");
    v(&H::train_rate, "train_rate", config::range(0, 0.99),
      "mean share of the observed cells that training and validation rows lose");
    v(&H::test_rate, "test_rate", config::range(0, 0.99),
      "the same of test rows; absent: as train_rate");
    v(&H::depends, "depends", config::range(-10, 10),
      "mar and mnar: how strongly; above 0 large values hide, below 0 small ones");
    v(&H::column, "column", config::at_least(0),
      "mar: a table's column of numbers by its name, or an array's cell in a row by its number "
      "from "
      "0; it is never hidden; absent: the first that is always observed and varies");
    v(&H::seed, "seed", "seed of the draws, each a function of it, the row and the column");
  }
};

/// Holes drawn into the inputs of all parts: half of each part's rows lose few of their cells, half
/// lose many.
struct HolesConfig {
  double dense_share = 0.2;
  double sparse_share = 0.8;

  template <class V>
  static void fields(V& v) {
    using H = HolesConfig;
    v(&H::dense_share, "dense_share", config::range(0, 1),
      "probability that a cell of the dense rows is hidden");
    v(&H::sparse_share, "sparse_share", config::range(0, 1),
      "probability that a cell of the sparse rows is hidden");
  }
};

}  // namespace lacuna::data

template <>
struct lacuna::config::EnumNames<lacuna::data::HideMechanism> {
  using E = lacuna::data::HideMechanism;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"mcar", E::mcar}, {"mar", E::mar}, {"mnar", E::mnar}}};
};
