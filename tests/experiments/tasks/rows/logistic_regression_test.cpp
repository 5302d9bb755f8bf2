#include "experiments/tasks/rows/logistic_regression.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

namespace lacuna::experiments {
namespace {

/// Three overlapping classes in two columns of unequal units.
struct Table {
  explicit Table(std::size_t rows, double spread, unsigned seed = 1) {
    std::mt19937 random(seed);
    const auto noise = [&] { return spread * (static_cast<double>(random() % 2001) / 1000 - 1); };
    for (std::size_t i = 0; i < rows; ++i) {
      labels.push_back(static_cast<std::int32_t>(random() % 3));
      inputs.push_back(static_cast<float>(labels[i] + noise()));
      inputs.push_back(static_cast<float>(50 + 10 * ((labels[i] == 1 ? 1 : 0) + noise())));
      weights.push_back(static_cast<float>(random() % 3) + 1);
    }
  }

  LabelledRows rows(bool weighted = false) const {
    LabelledRows result{.inputs = {inputs, 2}, .targets = labels};
    if (weighted) result.weights = weights;
    return result;
  }

  std::vector<float> inputs;
  std::vector<std::int32_t> labels;
  std::vector<float> weights;
};

/// Of one column that is -1 or 1 without a penalty: the log odds of either half.
TEST(LogisticRegression, KnownOptimum) {
  const std::vector<float> inputs{-1, -1, -1, -1, 1, 1, 1, 1};
  const std::vector<std::int32_t> labels{0, 0, 0, 1, 0, 1, 1, 1};
  const LabelledRows rows{.inputs = {inputs, 1}, .targets = labels};
  const LogisticRegression model = fit_logistic_regression(rows, 2, 0);
  EXPECT_NEAR(model.coefficients.at(1) - model.coefficients.at(0), std::log(3), 1e-6);
  EXPECT_NEAR(model.bias.at(1) - model.bias.at(0), 0, 1e-6);
  EXPECT_NEAR(model.probabilities(rows.inputs).at(1), 0.25, 1e-6);
}

/// Of separable classes the optimum is where the penalty and the data pull equally: of the columns'
/// coefficients -w and w, l2 w = 1 / (1 + exp(2 w)).
TEST(LogisticRegression, SeparableClassesAreHeldByThePenalty) {
  const std::vector<float> inputs{-1, 1};
  const std::vector<std::int32_t> labels{0, 1};
  const double l2 = 0.01;
  const LogisticRegression model =
      fit_logistic_regression({.inputs = {inputs, 1}, .targets = labels}, 2, l2);
  const double w = model.coefficients.at(1);
  EXPECT_NEAR(model.coefficients.at(0), -w, 1e-7);
  EXPECT_NEAR(l2 * w, 1 / (1 + std::exp(2 * w)), 1e-7);
}

TEST(LogisticRegression, GradientIsZeroWithWeights) {
  const Table table(60, 1.5);
  const LabelledRows rows = table.rows(true);
  const double l2 = 0.05;
  const LogisticRegression model = fit_logistic_regression(rows, 3, l2);
  const std::vector<float> p = model.probabilities(rows.inputs);
  const ColumnScaling scaling = column_scaling(rows);
  for (std::size_t c = 0; c < 3; ++c) {
    double by_bias = 0;
    std::vector<double> by_column(2);
    for (std::size_t i = 0; i < table.labels.size(); ++i) {
      const double label = table.labels[i] == static_cast<std::int32_t>(c) ? 1 : 0;
      const double error = rows.weight(i) * (p[i * 3 + c] - label) / rows.total_weight();
      by_bias += error;
      for (std::size_t j = 0; j < 2; ++j)
        by_column[j] +=
            error * (double{rows.inputs.row(i)[j]} - scaling.mean[j]) / scaling.scale[j];
    }
    EXPECT_NEAR(by_bias, 0, 1e-6) << "of floats";
    for (std::size_t j = 0; j < 2; ++j)
      EXPECT_NEAR(by_column[j] + l2 * model.coefficients[c * 2 + j] * scaling.scale[j], 0, 1e-6);
  }
}

TEST(LogisticRegression, AClassWithoutRowsGetsHardlyAnyProbability) {
  const std::vector<float> inputs{-1, 0, 1};
  const std::vector<std::int32_t> labels{0, 2, 2};
  const LabelledRows rows{.inputs = {inputs, 1}, .targets = labels};
  const LogisticRegression model = fit_logistic_regression(rows, 3, 0.1);
  const std::vector<float> p = model.probabilities(rows.inputs);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_LT(p[i * 3 + 1], 1e-4);
    EXPECT_NEAR(p[i * 3] + p[i * 3 + 1] + p[i * 3 + 2], 1, 1e-6);
  }
}

TEST(LogisticRegression, ThePenaltyIsChosenOnValidationRows) {
  const Table training(90, 0.6);
  const Table same(90, 0.6, 2);
  const LogisticRegression good = best_logistic_regression(training.rows(), same.rows(), 3);
  EXPECT_LT(good.l2, 0.1);
  Table unrelated(90, 0.6, 3);
  std::ranges::rotate(unrelated.labels, unrelated.labels.begin() + 1);
  const auto other = best_logistic_regression(training.rows(), unrelated.rows(), 3);
  EXPECT_GE(other.l2, 1) << "the labels are those of other rows";
}

TEST(LogisticRegression, SameBitsAtAnyNumberOfThreads) {
  const Table training(90, 1);
  const Table validation(40, 1, 2);
  const auto first = best_logistic_regression(training.rows(), validation.rows(), 3, 1);
  const auto second = best_logistic_regression(training.rows(), validation.rows(), 3, 3);
  EXPECT_EQ(first.coefficients, second.coefficients);
  EXPECT_EQ(first.bias, second.bias);
}

TEST(LogisticRegression, RejectsNonsense) {
  const Table table(5, 1);
  EXPECT_THROW(fit_logistic_regression(table.rows(), 1, 1), std::invalid_argument);
  EXPECT_THROW(best_logistic_regression(table.rows(), {}, 3), std::invalid_argument);
  const std::vector<std::int32_t> labels{0, 1, 2, 3, 0};
  LabelledRows rows = table.rows();
  rows.targets = labels;
  EXPECT_THROW(fit_logistic_regression(rows, 3, 1), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::experiments
