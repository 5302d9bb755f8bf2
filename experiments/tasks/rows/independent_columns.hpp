#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/data/field.hpp"

namespace lacuna::experiments {

/// The density that knows of no dependence: each column of rows from 0 to 1 a Bernoulli variable of
/// its own.
class IndependentColumns {
 public:
  /// By the means of so many training rows, with a row of zeros and one of ones added, so that
  /// nothing is impossible.
  IndependentColumns(std::span<const float> column_mean, std::int64_t rows);

  /// -ln p, the mean over a part's rows.
  double nll(const data::DataSet& part) const;

 private:
  std::vector<double> log_one_;  // ln p(1), by column
  std::vector<double> log_zero_;
};

}  // namespace lacuna::experiments
