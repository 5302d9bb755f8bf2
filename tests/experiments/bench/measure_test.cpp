#include "experiments/bench/measure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace lacuna::experiments::bench {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::SizeIs;

TEST(BenchSpread, MedianAndEnds) {
  const Spread odd = spread_of(std::vector{5.0, 1.0, 9.0});
  EXPECT_EQ(odd.median, 5);
  EXPECT_EQ(odd.min, 1);
  EXPECT_EQ(odd.max, 9);
  EXPECT_EQ(spread_of(std::vector{4.0, 1.0, 2.0, 100.0}).median, 3);
  EXPECT_EQ(spread_of(std::vector{7.0}).median, 7);
  EXPECT_TRUE(std::isnan(spread_of({}).median));
}

TEST(BenchSpread, OfASideThatWasMeasured) {
  const std::vector<Sample> samples{{"a", {3, 1, 2}}, {"b", {8}}};
  EXPECT_EQ(median_seconds(samples, "a"), 2);
  EXPECT_EQ(median_seconds(samples, "b"), 8);
  EXPECT_FALSE(median_seconds(samples, "c"));
}

TEST(BenchMeasure, EverySideRunsOnceMoreThanItIsMeasured) {
  int first = 0;
  int second = 0;
  for (int call = 1; call <= 2; ++call) {  // nothing is left over from one call to the next
    const auto samples = measure({{"first", [&] { ++first; }}, {"second", [&] { ++second; }}}, 5);
    EXPECT_EQ(first, 6 * call);
    EXPECT_EQ(second, 6 * call);
    ASSERT_THAT(samples, SizeIs(2));
    EXPECT_EQ(samples[0].side, "first");
    EXPECT_EQ(samples[1].side, "second");
    for (const Sample& sample : samples) {
      EXPECT_THAT(sample.seconds, SizeIs(5));
      EXPECT_THAT(sample.seconds, Each(Ge(0)));
    }
  }
}

TEST(BenchMeasure, SidesTakeTurns) {
  std::string order;
  measure({{"a", [&] { order += 'a'; }}, {"b", [&] { order += 'b'; }}}, 40);
  ASSERT_THAT(order, SizeIs(82));
  EXPECT_NE(order.substr(2), std::string(40, 'a') + std::string(40, 'b'));
  EXPECT_NE(order.substr(2), std::string(40, 'b') + std::string(40, 'a'));
}

TEST(BenchMeasure, AnErrorOfASideEndsIt) {
  int calls = 0;
  const auto fails_later = [&] {
    if (++calls == 3) throw std::runtime_error("the third call");
  };
  EXPECT_THROW(measure({{"side", fails_later}}, 10), std::runtime_error);
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace lacuna::experiments::bench
