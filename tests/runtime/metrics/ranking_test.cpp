#include "runtime/metrics/ranking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

namespace lacuna::metrics {
namespace {

struct Sample {
  std::vector<float> scores;
  std::vector<std::int32_t> positive;
  std::vector<float> weights;
};

/// Scores of few values, so that many are tied.
Sample random_sample(unsigned seed, std::size_t rows) {
  std::mt19937 random(seed);
  Sample sample;
  for (std::size_t i = 0; i < rows; ++i) {
    sample.scores.push_back(static_cast<float>(random() % 9) / 8);
    sample.positive.push_back(random() % 3 == 0 ? 1 : 0);
    sample.weights.push_back(static_cast<float>(random() % 5) / 4);
  }
  sample.positive[0] = 0;
  sample.positive[1] = 1;
  sample.weights[0] = sample.weights[1] = 1;
  return sample;
}

/// Every pair of a positive and a negative row.
double auroc_by_pairs(const Sample& sample, bool weighted) {
  double won = 0;
  double pairs = 0;
  for (std::size_t p = 0; p < sample.scores.size(); ++p) {
    for (std::size_t n = 0; n < sample.scores.size(); ++n) {
      if (sample.positive[p] != 1 || sample.positive[n] != 0) continue;
      const double weight = weighted ? double{sample.weights[p]} * double{sample.weights[n]} : 1;
      pairs += weight;
      if (sample.scores[p] > sample.scores[n]) won += weight;
      if (sample.scores[p] == sample.scores[n]) won += weight / 2;
    }
  }
  return won / pairs;
}

/// The precision at each positive row's own score, averaged.
double auprc_by_rows(const Sample& sample) {
  double sum = 0;
  double positives = 0;
  for (std::size_t p = 0; p < sample.scores.size(); ++p) {
    if (sample.positive[p] == 0) continue;
    double called = 0;
    double right = 0;
    for (std::size_t i = 0; i < sample.scores.size(); ++i) {
      if (sample.scores[i] < sample.scores[p]) continue;
      called += sample.weights[i];
      right += sample.positive[i] * double{sample.weights[i]};
    }
    if (called > 0) sum += sample.weights[p] * right / called;
    positives += sample.weights[p];
  }
  return sum / positives;
}

TEST(Ranking, HandComputed) {
  // By falling score: +, -, {+, -}, -
  const std::vector<float> scores{0.9F, 0.8F, 0.5F, 0.5F, 0.1F};
  const std::vector<std::int32_t> positive{1, 0, 0, 1, 0};
  EXPECT_DOUBLE_EQ(auroc(scores, positive).value.value(), (3 + 1.5) / 6);
  EXPECT_DOUBLE_EQ(auprc(scores, positive).value.value(), 0.5 * 1 + 0.5 * 2 / 4);
}

TEST(Ranking, PerfectReversedAndBlind) {
  const std::vector<std::int32_t> positive{0, 0, 1, 1};
  EXPECT_EQ(auroc(std::vector{1.F, 2.F, 3.F, 4.F}, positive).value, 1);
  EXPECT_EQ(auprc(std::vector{1.F, 2.F, 3.F, 4.F}, positive).value, 1);
  EXPECT_EQ(auroc(std::vector{4.F, 3.F, 2.F, 1.F}, positive).value, 0);
  EXPECT_EQ(auroc(std::vector{7.F, 7.F, 7.F, 7.F}, positive).value, 0.5);
  EXPECT_EQ(auprc(std::vector{7.F, 7.F, 7.F, 7.F}, positive).value, 0.5) << "their share";
}

TEST(Ranking, AgreesWithBruteForce) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const Sample s = random_sample(seed, 2 + seed);
    EXPECT_NEAR(auroc(s.scores, s.positive).value.value(), auroc_by_pairs(s, false), 1e-14);
    EXPECT_NEAR(auroc(s.scores, s.positive, s.weights).value.value(), auroc_by_pairs(s, true),
                1e-14);
    EXPECT_NEAR(auprc(s.scores, s.positive, s.weights).value.value(), auprc_by_rows(s), 1e-14);
  }
}

TEST(Ranking, BitsDoNotDependOnTheOrderOfRows) {
  Sample s = random_sample(3, 200);
  for (float& weight : s.weights) weight = weight * 0.7F + 0.1F;
  const Measure forwards = auroc(s.scores, s.positive, s.weights);
  std::reverse(s.scores.begin(), s.scores.end());
  std::reverse(s.positive.begin(), s.positive.end());
  std::reverse(s.weights.begin(), s.weights.end());
  EXPECT_EQ(auroc(s.scores, s.positive, s.weights).value, forwards.value);
}

TEST(Ranking, OneClassOnlyIsAbsentWithTheReason) {
  const std::vector<float> scores{0.1F, 0.2F};
  for (const auto measure :
       {static_cast<Measure (*)(std::span<const float>, std::span<const std::int32_t>,
                                std::span<const float>)>(auroc),
        auprc}) {
    EXPECT_FALSE(measure(scores, std::vector{1, 1}, {}).value);
    EXPECT_EQ(measure(scores, std::vector{1, 1}, {}).reason, "no row of the negative class");
    EXPECT_EQ(measure(scores, std::vector{0, 0}, {}).reason, "no row of the positive class");
    EXPECT_EQ(measure(scores, std::vector{0, 1}, std::vector{1.F, 0.F}).reason,
              "no row of the positive class");
    EXPECT_EQ(measure({}, {}, {}).reason, "no rows");
  }
  EXPECT_TRUE(roc_curve(scores, std::vector{1, 1}).empty());
}

TEST(Ranking, RocCurveHoldsCornersOnly) {
  // By falling score: +, +, {+, -}, -, -
  const std::vector<float> scores{0.9F, 0.8F, 0.5F, 0.5F, 0.2F, 0.1F};
  const std::vector<RocPoint> curve = roc_curve(scores, std::vector{1, 1, 1, 0, 0, 0});
  ASSERT_EQ(curve.size(), 4U);
  EXPECT_EQ(curve[0].threshold, std::numeric_limits<double>::infinity());
  const double expected[][2] = {{0, 0}, {0, 2.0 / 3}, {1.0 / 3, 1}, {1, 1}};
  for (std::size_t i = 0; i < curve.size(); ++i) {
    EXPECT_DOUBLE_EQ(curve[i].false_positive_rate, expected[i][0]) << i;
    EXPECT_DOUBLE_EQ(curve[i].true_positive_rate, expected[i][1]) << i;
  }
  EXPECT_EQ(curve[1].threshold, double{0.8F});
}

TEST(Ranking, RocCurveEnclosesTheArea) {
  const Sample s = random_sample(7, 60);
  const std::vector<RocPoint> curve = roc_curve(s.scores, s.positive, s.weights);
  double area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    area += (curve[i].false_positive_rate - curve[i - 1].false_positive_rate) *
            (curve[i].true_positive_rate + curve[i - 1].true_positive_rate) / 2;
  }
  EXPECT_NEAR(area, auroc(s.scores, s.positive, s.weights).value.value(), 1e-14);
}

TEST(Ranking, RejectsNonsense) {
  const std::vector<float> scores{0.1F, 0.2F};
  const std::vector<std::int32_t> positive{0, 1};
  EXPECT_THROW(auroc(scores, std::vector{1}), std::invalid_argument);
  EXPECT_THROW(auroc(scores, std::vector{1, 2}), std::invalid_argument);
  EXPECT_THROW(auroc(std::vector{0.F, NAN}, positive), std::invalid_argument);
  EXPECT_THROW(auprc(scores, positive, std::vector{1.F, -1.F}), std::invalid_argument);
  EXPECT_THROW(auprc(scores, positive, std::vector{1.F}), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::metrics
