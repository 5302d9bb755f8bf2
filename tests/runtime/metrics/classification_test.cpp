#include "runtime/metrics/classification.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace lacuna::metrics {
namespace {

/// Three classes; rows 0 and 2 are right, row 1 is a tie, row 3 is wrong.
const std::vector<float> probabilities{0.7F, 0.2F, 0.1F,  //
                                       0.4F, 0.4F, 0.2F,  //
                                       0.1F, 0.3F, 0.6F,  //
                                       0.2F, 0.5F, 0.3F};
const std::vector<std::int32_t> labels{0, 1, 2, 2};

ClassPredictions three_classes() {
  return {.probabilities = probabilities, .labels = labels, .classes = 3};
}

TEST(Classification, TiesGoToTheLowerClass) {
  EXPECT_EQ(most_probable(three_classes()), (std::vector<std::int32_t>{0, 0, 2, 1}));
}

TEST(Classification, AccuracyAndErrorRate) {
  EXPECT_DOUBLE_EQ(accuracy(three_classes()), 0.5);
  EXPECT_DOUBLE_EQ(error_rate(three_classes()), 0.5);
  const std::vector<float> weights{3, 1, 0, 2};
  ClassPredictions weighted = three_classes();
  weighted.weights = weights;
  EXPECT_DOUBLE_EQ(accuracy(weighted), 3.0 / 6);
  EXPECT_DOUBLE_EQ(error_rate(weighted), 3.0 / 6);
  EXPECT_TRUE(std::isnan(accuracy({.probabilities = {}, .labels = {}})));
}

TEST(Classification, Nll) {
  EXPECT_NEAR(nll(three_classes()),
              -(std::log(0.7) + std::log(0.4) + std::log(0.6) + std::log(0.3)) / 4, 1e-7);
  const std::vector<float> certain{1, 0};
  const std::vector<std::int32_t> other{1};
  EXPECT_DOUBLE_EQ(nll({.probabilities = certain, .labels = other}),
                   -std::log(double{std::numeric_limits<float>::min()}));
}

TEST(Classification, ConfusionMatrixHasActualClassesInItsRows) {
  const ConfusionMatrix matrix = confusion_matrix(three_classes());
  EXPECT_EQ(matrix.counts, (std::vector<std::int64_t>{1, 0, 0, 1, 0, 0, 0, 1, 1}));
  EXPECT_EQ(matrix.count(1, 0), 1);
  EXPECT_EQ(matrix.count(2, 1), 1);
}

TEST(Classification, TwoClassesAreRankedByTheSecond) {
  const std::vector<float> two{0.9F, 0.1F, 0.2F, 0.8F, 0.6F, 0.4F};
  const std::vector<std::int32_t> actual{0, 1, 1};
  EXPECT_EQ(auroc({.probabilities = two, .labels = actual}).value, 1);
  EXPECT_EQ(auprc({.probabilities = two, .labels = actual}).value, 1);
}

TEST(Classification, MoreClassesAreAveragedOneAgainstTheRest) {
  // Class 0: 0.7 against 0.4, 0.1, 0.2. Class 1: 0.4 against 0.2, 0.3, 0.5. Class 2: 0.6 and 0.3
  // against 0.1, 0.2.
  EXPECT_DOUBLE_EQ(auroc(three_classes()).value.value(), (1 + 2.0 / 3 + 1) / 3);
  EXPECT_DOUBLE_EQ(auprc(three_classes()).value.value(), (1 + 1.0 / 2 + 1) / 3);
}

TEST(Classification, ClassesWithoutRowsAreLeftOut) {
  const std::vector<std::int32_t> without_first{1, 1, 2, 2};
  ClassPredictions predictions = three_classes();
  predictions.labels = without_first;
  // Class 1: 0.2 and 0.4 against 0.3 and 0.5. Class 2: 0.1 and 0.2 against 0.6 and 0.3.
  EXPECT_DOUBLE_EQ(auroc(predictions).value.value(), (1.0 / 4 + 1) / 2);
  const std::vector<std::int32_t> one_class{2, 2, 2, 2};
  predictions.labels = one_class;
  EXPECT_FALSE(auroc(predictions).value);
  EXPECT_EQ(auroc(predictions).reason, "rows of one class only");
  EXPECT_FALSE(auprc(predictions).value);
}

TEST(Classification, RejectsNonsense) {
  const std::vector<float> two{0.5F, 0.5F};
  const std::vector<std::int32_t> zero{0};
  const std::vector<std::int32_t> other{2};
  const std::vector<float> nan{NAN, 0.5F};
  const std::vector<float> weights{-1};
  EXPECT_THROW(accuracy({.probabilities = two, .labels = zero, .classes = 1}),
               std::invalid_argument);
  EXPECT_THROW(accuracy({.probabilities = two, .labels = zero, .classes = 3}),
               std::invalid_argument);
  EXPECT_THROW(nll({.probabilities = two, .labels = other}), std::invalid_argument);
  EXPECT_THROW(auroc({.probabilities = nan, .labels = zero}), std::invalid_argument);
  EXPECT_THROW(accuracy({.probabilities = two, .labels = zero, .weights = weights}),
               std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::metrics
