#include "experiments/tasks/regression/baselines.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace lacuna::experiments {

namespace {

/// Solves A x = b in place, b becoming x, by Cholesky's decomposition. A: symmetric [n, n]; only
/// its lower triangle is read, and overwritten.
void solve_positive_definite(std::span<double> a, std::span<double> b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    const auto row_j = a.subspan(j * n, n);
    for (std::size_t i = j; i < n; ++i) {
      const auto row_i = a.subspan(i * n, n);
      for (std::size_t k = 0; k < j; ++k) row_i[j] -= row_i[k] * row_j[k];
      if (i > j) {
        row_i[j] /= row_j[j];
      } else if (row_j[j] > 0) {
        row_j[j] = std::sqrt(row_j[j]);
      } else {
        throw std::invalid_argument("the columns depend on each other: l2 must be larger");
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

/// What of the training rows decides the solutions for all penalties.
class NormalEquations {
 public:
  explicit NormalEquations(const ValuedRows& rows)
      : columns_(rows.inputs.columns),
        scaling_(column_scaling(rows)),
        mean_(training_mean(rows)),
        covariance_(columns_ * columns_),
        with_target_(columns_) {
    std::vector<double> scaled(columns_);
    for (std::size_t i = 0; i < rows.targets.size(); ++i) add_row(rows, i, scaled);
    const double total = rows.total_weight();
    for (double& sum : covariance_) sum /= total;
    for (double& sum : with_target_) sum /= total;
  }

  LinearRegression solve(double l2) const {
    std::vector<double> matrix = covariance_;
    for (std::size_t j = 0; j < columns_; ++j) matrix[j * columns_ + j] += l2;
    LinearRegression model{.coefficients = with_target_, .bias = mean_, .l2 = l2};
    solve_positive_definite(matrix, model.coefficients);
    for (std::size_t j = 0; j < columns_; ++j) {
      model.coefficients[j] /= scaling_.scale[j];
      model.bias -= model.coefficients[j] * scaling_.mean[j];
    }
    return model;
  }

 private:
  void add_row(const ValuedRows& rows, std::size_t index, std::span<double> scaled) {
    const auto inputs = rows.inputs.row(index);
    const double weight = rows.weight(index);
    const double target = weight * (rows.targets[index] - mean_);
    for (std::size_t j = 0; j < columns_; ++j) {
      scaled[j] = (double{inputs[j]} - scaling_.mean[j]) / scaling_.scale[j];
      with_target_[j] += target * scaled[j];
      for (std::size_t k = 0; k <= j; ++k)
        covariance_[j * columns_ + k] += weight * scaled[j] * scaled[k];
    }
  }

  std::size_t columns_;
  ColumnScaling scaling_;
  double mean_;
  std::vector<double> covariance_;  // [columns, columns], the lower triangle
  std::vector<double> with_target_;
};

}  // namespace

double training_mean(const ValuedRows& training) {
  check(training);
  double sum = 0;
  for (std::size_t i = 0; i < training.targets.size(); ++i)
    sum += training.weight(i) * training.targets[i];
  return sum / training.total_weight();
}

std::vector<double> LinearRegression::predict(const NumberRows& inputs) const {
  std::vector<double> predictions(inputs.rows());
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    predictions[i] = bias;
    for (std::size_t j = 0; j < coefficients.size(); ++j)
      predictions[i] += coefficients[j] * double{inputs.row(i)[j]};
  }
  return predictions;
}

LinearRegression fit_ridge_regression(const ValuedRows& training, double l2) {
  check(training);
  return NormalEquations(training).solve(l2);
}

LinearRegression best_ridge_regression(const ValuedRows& training, const ValuedRows& validation) {
  check(training);
  check(validation);
  const NormalEquations equations(training);
  return best_of_grid([&](double l2) { return equations.solve(l2); },
                      [&](const LinearRegression& model) {
                        const std::vector<double> predicted = model.predict(validation.inputs);
                        double sum = 0;
                        for (std::size_t i = 0; i < predicted.size(); ++i) {
                          const double error = predicted[i] - validation.targets[i];
                          sum += validation.weight(i) * error * error;
                        }
                        return sum;
                      });
}

}  // namespace lacuna::experiments
