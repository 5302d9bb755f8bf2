#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// What linear models of rows share: baselines of tables, probes of codes.
namespace lacuna::experiments {

/// Wider rows get no linear model: the time of normal equations goes with the square of the columns
/// or their cube, that of a logistic regression with the columns.
inline constexpr std::int64_t widest_ridge_baseline = 512;
inline constexpr std::int64_t widest_logistic_baseline = 1024;

/// Rows of numbers, row-major; missing cells are filled.
struct NumberRows {
  std::span<const float> values;  ///< [rows, columns]
  std::size_t columns = 1;

  std::size_t rows() const { return values.size() / columns; }
  std::span<const float> row(std::size_t index) const {
    return values.subspan(index * columns, columns);
  }
};

/// Rows and what is to be said of each: its class, from 0, or a number.
template <class Target>
struct Examples {
  NumberRows inputs;
  std::span<const Target> targets;      ///< [rows]
  std::span<const float> weights = {};  ///< [rows], at least 0; empty: 1 each

  double weight(std::size_t row) const { return weights.empty() ? 1.0 : double{weights[row]}; }
  double total_weight() const {
    double sum = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) sum += weight(i);
    return sum;
  }
};

/// std::invalid_argument, saying which, for lengths that do not fit each other, no columns, values
/// or weights that are not finite, and rows whose weights do not sum to more than 0.
template <class Target>
void check(const Examples<Target>& examples);

/// Each column's weighted mean and standard deviation; 1 in place of the latter where a column has
/// one value only. Coefficients are penalised as those of columns so scaled: whatever the inputs'
/// units, one grid of penalties fits.
struct ColumnScaling {
  std::vector<double> mean;
  std::vector<double> scale;
};
template <class Target>
ColumnScaling column_scaling(const Examples<Target>& examples);

/// What an L2 penalty (l2 / 2) |coefficients|^2 beside a mean loss per row is chosen from.
inline constexpr std::array l2_grid{1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5};

/// Of the models that fit(l2) makes, the one with the smallest loss(model); of equal ones that of
/// the larger penalty. Once two in a row are worse than the best, smaller penalties are not tried.
template <class Fit, class Loss>
auto best_of_grid(Fit fit, Loss loss) {
  auto best = fit(l2_grid[0]);
  double smallest = loss(best);
  int worse = 0;
  for (const double l2 : std::span(l2_grid).subspan(1)) {
    auto model = fit(l2);
    const double value = loss(model);
    if (value < smallest) {
      smallest = value;
      best = std::move(model);
      worse = 0;
    } else if (value > smallest && ++worse == 2) {
      break;
    }
  }
  return best;
}

}  // namespace lacuna::experiments
