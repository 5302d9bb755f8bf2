#pragma once

#include "experiments/tasks/rows/linear_baseline.hpp"

/// What a regression on rows of numbers must beat. One thread, the same bits each time.
namespace lacuna::experiments {

using ValuedRows = Examples<double>;

/// The weighted mean of the training targets: what is predicted without inputs.
double training_mean(const ValuedRows& training);

/// prediction = bias + coefficients . x
struct LinearRegression {
  std::vector<double> coefficients;  ///< [columns]
  double bias = 0;
  double l2 = 0;

  std::vector<double> predict(const NumberRows& inputs) const;  ///< [rows]
};

/// Ridge regression: the minimum of half the weighted mean squared error plus (l2 / 2) times the
/// sum of the squared coefficients of standardised columns, the bias free; by the normal equations
/// in double, O(rows columns^2 + columns^3). std::invalid_argument as check(), and where columns
/// depend on each other and l2 is too small to decide between them.
LinearRegression fit_ridge_regression(const ValuedRows& training, double l2);

/// The one of l2_grid with the smallest weighted squared error on the validation rows.
LinearRegression best_ridge_regression(const ValuedRows& training, const ValuedRows& validation);

}  // namespace lacuna::experiments
