#include "experiments/tasks/regression/baselines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

namespace lacuna::experiments {
namespace {

/// y = 3 + 2 x0 - x1 + noise, over columns of unequal units.
struct Table {
  explicit Table(std::size_t rows, double noise, unsigned seed = 1) {
    std::mt19937 random(seed);
    const auto uniform = [&] { return static_cast<double>(random() % 2001) / 1000 - 1; };
    for (std::size_t i = 0; i < rows; ++i) {
      inputs.push_back(static_cast<float>(uniform()));
      inputs.push_back(static_cast<float>(100 + 10 * uniform()));
      targets.push_back(3 + 2 * double{inputs[2 * i]} - double{inputs[2 * i + 1]} +
                        noise * uniform());
      weights.push_back(static_cast<float>(random() % 4) + 1);
    }
  }

  ValuedRows rows(bool weighted = false) const {
    ValuedRows result{.inputs = {inputs, 2}, .targets = targets};
    if (weighted) result.weights = weights;
    return result;
  }

  std::vector<float> inputs;
  std::vector<double> targets;
  std::vector<float> weights;
};

TEST(TrainingMean, IsWeighted) {
  const std::vector<float> inputs{0, 0, 0};
  const std::vector<double> targets{1, 2, 6};
  const std::vector<float> weights{1, 3, 0};
  ValuedRows rows{.inputs = {inputs, 1}, .targets = targets};
  EXPECT_DOUBLE_EQ(training_mean(rows), 3);
  rows.weights = weights;
  EXPECT_DOUBLE_EQ(training_mean(rows), 7.0 / 4);
}

TEST(Ridge, OneColumnInClosedForm) {
  // Mean 2, variance 2/3; centred targets -3, -1, 4; covariance 7/3.
  const std::vector<float> inputs{1, 2, 3};
  const std::vector<double> targets{2, 4, 9};
  const double l2 = 0.5;
  const LinearRegression model =
      fit_ridge_regression({.inputs = {inputs, 1}, .targets = targets}, l2);
  const double scale = std::sqrt(2.0 / 3);
  const double scaled = 7.0 / 3 / scale / (1 + l2);
  EXPECT_NEAR(model.coefficients.at(0), scaled / scale, 1e-14);
  EXPECT_NEAR(model.bias, 5 - 2 * scaled / scale, 1e-14);
}

TEST(Ridge, WithHardlyAPenaltyFindsTheExactPlane) {
  const Table table(50, 0);
  const LinearRegression model = fit_ridge_regression(table.rows(), 1e-12);
  EXPECT_NEAR(model.coefficients.at(0), 2, 1e-9);
  EXPECT_NEAR(model.coefficients.at(1), -1, 1e-9);
  EXPECT_NEAR(model.bias, 3, 1e-8);
  EXPECT_NEAR(model.predict(table.rows().inputs).at(7), table.targets[7], 1e-9);
}

/// At the minimum the derivatives by bias and scaled coefficients are 0.
TEST(Ridge, GradientIsZeroWithWeights) {
  const Table table(40, 2);
  const ValuedRows rows = table.rows(true);
  const double l2 = 0.3;
  const LinearRegression model = fit_ridge_regression(rows, l2);
  const std::vector<double> predicted = model.predict(rows.inputs);
  const ColumnScaling scaling = column_scaling(rows);
  double by_bias = 0;
  std::vector<double> by_column(2);
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const double error = rows.weight(i) * (predicted[i] - table.targets[i]) / rows.total_weight();
    by_bias += error;
    for (std::size_t j = 0; j < 2; ++j)
      by_column[j] += error * (double{rows.inputs.row(i)[j]} - scaling.mean[j]) / scaling.scale[j];
  }
  EXPECT_NEAR(by_bias, 0, 1e-12);
  for (std::size_t j = 0; j < 2; ++j)
    EXPECT_NEAR(by_column[j] + l2 * model.coefficients[j] * scaling.scale[j], 0, 1e-12);
}

TEST(Ridge, AWeightCountsAsSoManyRows) {
  Table table(20, 2);
  Table repeated(0, 0);
  for (std::size_t i = 0; i < 20; ++i) {
    for (int copy = 0; copy < static_cast<int>(table.weights[i]); ++copy) {
      repeated.inputs.insert(repeated.inputs.end(), {table.inputs[2 * i], table.inputs[2 * i + 1]});
      repeated.targets.push_back(table.targets[i]);
    }
  }
  const LinearRegression weighted = fit_ridge_regression(table.rows(true), 0.1);
  const LinearRegression plain = fit_ridge_regression(repeated.rows(), 0.1);
  EXPECT_NEAR(weighted.coefficients.at(1), plain.coefficients.at(1), 1e-12);
  EXPECT_NEAR(weighted.bias, plain.bias, 1e-10);
}

TEST(Ridge, ConstantAndRepeatedColumnsAreHarmless) {
  const std::vector<float> inputs{0.1F, 1, 1, 0.1F, 2, 2, 0.1F, 4, 4};
  const std::vector<double> targets{1, 2, 4};
  const ValuedRows rows{.inputs = {inputs, 3}, .targets = targets};
  const LinearRegression model = fit_ridge_regression(rows, 1e-8);
  EXPECT_NEAR(model.coefficients.at(0), 0, 1e-9);
  EXPECT_NEAR(model.coefficients.at(1), 0.5, 1e-6);
  EXPECT_NEAR(model.coefficients.at(2), 0.5, 1e-6);
  EXPECT_THROW(fit_ridge_regression(rows, 0), std::invalid_argument);
}

TEST(Ridge, ThePenaltyIsChosenOnValidationRows) {
  const Table training(12, 0);
  const Table same(30, 0, 2);
  EXPECT_EQ(best_ridge_regression(training.rows(), same.rows()).l2, l2_grid.back());
  Table unrelated(30, 0, 3);
  std::ranges::fill(unrelated.targets, training_mean(training.rows()));
  EXPECT_EQ(best_ridge_regression(training.rows(), unrelated.rows()).l2, l2_grid.front());
}

TEST(Ridge, RejectsNonsense) {
  const Table table(5, 1);
  ValuedRows rows = table.rows();
  EXPECT_THROW(best_ridge_regression(rows, {}), std::invalid_argument);
  rows.targets = rows.targets.first(4);
  EXPECT_THROW(fit_ridge_regression(rows, 1), std::invalid_argument);
  rows = table.rows();
  rows.inputs.columns = 0;
  EXPECT_THROW(fit_ridge_regression(rows, 1), std::invalid_argument);
  const std::vector<double> targets{1, 2, NAN, 4, 5};
  rows = table.rows();
  rows.targets = targets;
  EXPECT_THROW(fit_ridge_regression(rows, 1), std::invalid_argument);
  const std::vector<float> none(5, 0.0F);
  rows = table.rows();
  rows.weights = none;
  EXPECT_THROW(training_mean(rows), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::experiments
