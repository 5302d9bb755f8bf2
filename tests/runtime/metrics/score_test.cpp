#include "runtime/metrics/score.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lacuna {
namespace {

TEST(Metric, IsFoundByItsName) {
  EXPECT_EQ(find_metric("rmse"), &metric::rmse);
  EXPECT_EQ(find_metric("nll"), &metric::nll);
  EXPECT_EQ(find_metric("RMSE"), nullptr);
  EXPECT_EQ(find_metric(""), nullptr);
}

TEST(IsBetter, GoesInTheMetricsDirection) {
  EXPECT_TRUE(is_better(metric::rmse, 1, 2));
  EXPECT_FALSE(is_better(metric::rmse, 2, 1));
  EXPECT_TRUE(is_better(metric::auroc, 2, 1));
  EXPECT_FALSE(is_better(metric::auroc, 1, 2));
  for (const Metric* metric : {&metric::rmse, &metric::auroc}) {
    EXPECT_FALSE(is_better(*metric, 1, 1));
  }
}

TEST(IsBetter, NanBeatsNothingAndIsBeaten) {
  const double nan = std::nan("");
  for (const Metric* metric : {&metric::rmse, &metric::auroc}) {
    EXPECT_FALSE(is_better(*metric, nan, 1));
    EXPECT_FALSE(is_better(*metric, nan, nan));
    EXPECT_TRUE(is_better(*metric, 1, nan));
  }
}

}  // namespace
}  // namespace lacuna
