#pragma once

#include <cstddef>
#include <vector>

#include "runtime/data/random_sequence.hpp"
#include "runtime/data/tables/table_config.hpp"

namespace lacuna::data {

/// The truth behind generated tables: f_c(x) of synthetic_table.hpp.
class TableModel {
 public:
  explicit TableModel(const SyntheticTable& source);

  double score(std::size_t c, const std::vector<double>& x) const;
  /// softmax(f_c(x) / noise) over the classes.
  std::vector<double> probabilities(const std::vector<double>& x) const;
  /// Var[f_0(x)] where the cells that are `hidden` are independent of this mean, in x, and
  /// variance.
  double variance(const std::vector<double>& x, const std::vector<bool>& hidden,
                  double cell_variance) const;

 private:
  struct Pair {
    std::size_t i;
    std::size_t j;
  };
  void draw_pairs(const SyntheticTable& source);

  double noise_;
  std::vector<Pair> pairs_;
  std::vector<std::vector<double>> linear_;       // by class (one for a number), by column
  std::vector<std::vector<double>> interaction_;  // by class, by pair
};

}  // namespace lacuna::data
