#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// How sparse the codes of rows are.
namespace lacuna::metrics {

struct CodeStatistics {
  double active = 0;                    ///< share of the units that are active, over all rows
  double dead = 0;                      ///< share of the units that are active in no row
  double hoyer = 0;                     ///< see hoyer_sparsity(), mean over rows that are not 0
  std::vector<double> rate;             ///< share of the rows in which a unit is active [units]
  std::vector<double> mean;             ///< of a unit over rows [units]
  std::vector<std::int64_t> histogram;  ///< rows with so many active units [units + 1]
};

/// Of codes [rows, units]; a unit is active where it is above `active_above`. NaN where there are
/// no rows.
CodeStatistics code_statistics(std::span<const float> codes, std::int64_t units,
                               double active_above);

/// How many of its units are 0 in a row, as a share, over rows.
struct ZeroShares {
  double mean = 0;
  double std_dev = 0;  ///< of the rows
  double lower_quartile = 0;
  double median = 0;
  double upper_quartile = 0;
};

/// Of each row of codes [rows, units].
std::vector<double> zero_shares(std::span<const float> codes, std::int64_t units);
/// Of at least one row.
ZeroShares distribution_of(std::vector<double> shares);

/// (sqrt(n) - |x|_1 / |x|_2) / (sqrt(n) - 1) (Hoyer, 2004): 0 where all of the n >= 2 values are
/// alike in size, 1 where all but one are 0. NaN where all are.
double hoyer_sparsity(std::span<const float> x);

}  // namespace lacuna::metrics
