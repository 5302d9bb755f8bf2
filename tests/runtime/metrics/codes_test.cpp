#include "runtime/metrics/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace lacuna::metrics {
namespace {

using ::testing::ElementsAre;

TEST(Hoyer, IsOneForASingleUnitAndZeroForEqualOnes) {
  EXPECT_DOUBLE_EQ(hoyer_sparsity(std::vector<float>{0, -3, 0, 0}), 1);
  EXPECT_NEAR(hoyer_sparsity(std::vector<float>{2, -2, 2, 2}), 0, 1e-12);
  EXPECT_NEAR(hoyer_sparsity(std::vector<float>{1, 1, 0, 0}), 2 - std::sqrt(2.0), 1e-12);
  EXPECT_TRUE(std::isnan(hoyer_sparsity(std::vector<float>{0, 0})));
}

TEST(CodeStatistics, CountWhatIsAboveTheThreshold) {
  // Unit 0 is active in rows 0 and 2, unit 1 in none, unit 2 in row 0; row 1 is 0.
  const std::vector<float> codes{2, 0, 1, 0, 0, 0, 2, 0, 0.5F};
  const CodeStatistics found = code_statistics(codes, 3, 0.5);
  EXPECT_DOUBLE_EQ(found.active, 3.0 / 9);
  EXPECT_DOUBLE_EQ(found.dead, 1.0 / 3);
  EXPECT_THAT(found.rate, ElementsAre(2.0 / 3, 0, 1.0 / 3));
  EXPECT_THAT(found.mean, ElementsAre(4.0 / 3, 0, 0.5));
  EXPECT_THAT(found.histogram, ElementsAre(1, 1, 1, 0));
  const double of_first = hoyer_sparsity(std::vector<float>{2, 0, 1});
  const double of_last = hoyer_sparsity(std::vector<float>{2, 0, 0.5F});
  EXPECT_DOUBLE_EQ(found.hoyer, (of_first + of_last) / 2) << "rows of zeros do not count";
}

TEST(ZeroShares, AreOfEachRow) {
  const std::vector<float> codes{0, 0, 0, -0.0F, 1, 0, 0, 0, 1e-30F, -2, 3, 4};
  EXPECT_THAT(zero_shares(codes, 4), ElementsAre(1, 0.75, 0));
}

TEST(ZeroShares, HaveQuartilesBetweenRows) {
  const ZeroShares found = distribution_of({0.8, 0, 0.4, 0.2});
  EXPECT_DOUBLE_EQ(found.mean, 0.35);
  EXPECT_NEAR(found.std_dev, std::sqrt(0.35 / 3), 1e-12);
  EXPECT_DOUBLE_EQ(found.lower_quartile, 0.15);
  EXPECT_DOUBLE_EQ(found.median, 0.3);
  EXPECT_DOUBLE_EQ(found.upper_quartile, 0.5);
  EXPECT_DOUBLE_EQ(distribution_of({0.5}).upper_quartile, 0.5);
}

}  // namespace
}  // namespace lacuna::metrics
