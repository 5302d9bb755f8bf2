#include "runtime/metrics/score.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace lacuna {
namespace {

TEST(Score, MetricsAreFoundByTheirNames) {
  std::set<std::string_view> names;
  for (const Metric* metric : metric::all) {
    EXPECT_EQ(find_metric(metric->name), metric);
    EXPECT_FALSE(metric->title.empty());
    EXPECT_TRUE(names.insert(metric->name).second) << metric->name;
  }
  EXPECT_EQ(find_metric("error_rate"), &metric::error_rate);
  EXPECT_EQ(find_metric("RMSE"), nullptr);
}

TEST(Score, BetterHasADirection) {
  EXPECT_TRUE(is_better(metric::rmse, 1, 2));
  EXPECT_FALSE(is_better(metric::rmse, 2, 1));
  EXPECT_TRUE(is_better(metric::auroc, 0.9, 0.8));
  EXPECT_FALSE(is_better(metric::auroc, 0.8, 0.9));
  EXPECT_FALSE(is_better(metric::rmse, 1, 1));
  EXPECT_FALSE(is_better(metric::auroc, 1, 1));
}

TEST(Score, NaNIsWorseThanAnyNumber) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const Metric* metric : {&metric::rmse, &metric::accuracy}) {
    for (const double value : {0.0, infinity, -infinity}) {
      EXPECT_TRUE(is_better(*metric, value, NAN));
      EXPECT_FALSE(is_better(*metric, NAN, value));
    }
    EXPECT_FALSE(is_better(*metric, NAN, NAN));
  }
}

}  // namespace
}  // namespace lacuna
