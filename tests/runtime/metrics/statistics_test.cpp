#include "runtime/metrics/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace lacuna::metrics {
namespace {

TEST(StudentT, MatchesTables) {
  const struct {
    std::int64_t degrees;
    double t;
  } table[] = {{1, 12.706204736}, {2, 4.302652730},   {3, 3.182446305},  {4, 2.776445105},
               {5, 2.570581836},  {9, 2.262157163},   {10, 2.228138852}, {29, 2.045229642},
               {30, 2.042272456}, {119, 1.980099876}, {120, 1.979930405}};
  for (const auto& row : table) EXPECT_NEAR(student_t(0.95, row.degrees), row.t, 1e-8);
  EXPECT_NEAR(student_t(0.99, 4), 4.604094871, 1e-8);
  EXPECT_NEAR(student_t(0.5, 1), 1.0, 1e-12);
}

TEST(StudentT, TendsToTheNormalDistribution) {
  EXPECT_NEAR(student_t(0.95, 1'000'000), 1.959966, 1e-6);
}

TEST(StudentT, RejectsNonsense) {
  EXPECT_THROW(student_t(0.95, 0), std::invalid_argument);
  EXPECT_THROW(student_t(1, 3), std::invalid_argument);
  EXPECT_THROW(student_t(std::nan(""), 3), std::invalid_argument);
}

TEST(MeanInterval, KnownSample) {
  const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
  const Interval interval = mean_interval(values);
  EXPECT_EQ(interval.n, 8);
  EXPECT_DOUBLE_EQ(interval.mean, 5);
  EXPECT_DOUBLE_EQ(interval.std_dev, std::sqrt(32.0 / 7));
  EXPECT_NEAR(interval.half_width, 2.364624252 * std::sqrt(32.0 / 7) / std::sqrt(8.0), 1e-8);
}

TEST(MeanInterval, LargeOffsetLosesNothing) {
  const std::vector<double> values = {1e9 + 1, 1e9 + 2, 1e9 + 3};
  EXPECT_DOUBLE_EQ(mean_interval(values).std_dev, 1);
}

TEST(MeanInterval, TooFewValues) {
  const Interval one = mean_interval(std::vector{0.9});
  EXPECT_EQ(one.n, 1);
  EXPECT_EQ(one.mean, 0.9);
  EXPECT_TRUE(std::isnan(one.std_dev));
  EXPECT_TRUE(std::isnan(one.half_width));
  EXPECT_TRUE(std::isnan(mean_interval({}).mean));
}

TEST(Errors, RmseAndMae) {
  const std::vector<float> predicted = {1, 2, 3, 4};
  const std::vector<float> actual = {1, 4, 3, 0};
  EXPECT_DOUBLE_EQ(rmse<float>(predicted, actual), std::sqrt(5.0));
  EXPECT_DOUBLE_EQ(mae<float>(predicted, actual), 1.5);
  const std::vector<double> half = {0.5};
  EXPECT_DOUBLE_EQ(rmse<double>(half, std::vector{0.25}), 0.25);
}

TEST(Errors, SumsInDouble) {
  const std::vector<float> ones(20'000'000, 1);
  const std::vector<float> zeros(ones.size(), 0);
  EXPECT_EQ(mae<float>(ones, zeros), 1);
}

TEST(Errors, EmptyAndUnequal) {
  EXPECT_TRUE(std::isnan(rmse<float>({}, {})));
  EXPECT_THROW(mae<double>(std::vector{1.0}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::metrics
