#include "experiments/report/curve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacuna::experiments::report {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

/// Falls and rises again, with one dip and one spike.
Curve long_curve(int points) {
  Curve curve;
  for (int i = 0; i < points; ++i) {
    curve.push_back({i + 1.0, 1 + std::abs(i - points * 0.7) / points});
  }
  curve[static_cast<std::size_t>(points / 3)].y = 0.5;
  curve[static_cast<std::size_t>(points / 2)].y = 9;
  return curve;
}

TEST(Thin, KeepsEndsDipAndSpike) {
  for (const int points : {401, 1500, 10007}) {
    const Curve curve = long_curve(points);
    const Curve thinned = thin(curve, 400);
    EXPECT_THAT(thinned, SizeIs(::testing::AllOf(::testing::Gt(300u), ::testing::Le(400u))));
    EXPECT_EQ(thinned.front(), curve.front());
    EXPECT_EQ(thinned.back(), curve.back());
    EXPECT_THAT(thinned, Contains(best_of(curve, Better::smaller)));
    EXPECT_THAT(thinned, Contains(CurvePoint{curve[static_cast<std::size_t>(points / 2)].x, 9}));
    EXPECT_EQ(std::ranges::adjacent_find(thinned, std::ranges::greater_equal{}, &CurvePoint::x),
              thinned.end());
  }
}

TEST(Thin, LeavesShortCurvesAlone) {
  EXPECT_THAT(thin({}, 4), SizeIs(0));
  EXPECT_EQ(thin(long_curve(400), 400), long_curve(400));
}

TEST(Thin, ShowsFlatStretchesFromEndToEnd) {
  Curve curve;
  for (int i = 0; i < 100; ++i) curve.push_back({static_cast<double>(i), 1});
  EXPECT_THAT(thin(curve, 6),
              ElementsAre(curve[0], curve[1], curve[49], curve[50], curve[98], curve[99]));
}

TEST(BestOf, IsTheFirstOfTheBest) {
  const Curve curve{{1, 2}, {2, 5}, {3, 5}, {4, 2}};
  EXPECT_EQ(best_of(curve, Better::smaller), curve[0]);
  EXPECT_EQ(best_of(curve, Better::larger), curve[1]);
}

TEST(CurveOf, LeavesOutWhatIsNotFinite) {
  const std::vector<EpochReport> epochs{
      {.epoch = 1, .penalty = 2},
      {.epoch = 2, .penalty = std::numeric_limits<double>::quiet_NaN()},
      {.epoch = 3, .penalty = std::numeric_limits<double>::infinity()},
      {.epoch = 4, .penalty = 1}};
  EXPECT_THAT(curve_of(epochs, [](const EpochReport& epoch) { return epoch.penalty; }),
              ElementsAre(CurvePoint{1, 2}, CurvePoint{4, 1}));
}

}  // namespace
}  // namespace lacuna::experiments::report
