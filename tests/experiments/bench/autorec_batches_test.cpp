#include "experiments/bench/autorec_step/autorec_batches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lacuna::experiments::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::SizeIs;

constexpr BatchesShape tiny{.ratings = {.users = 50, .items = 37, .ratings = 700, .units = 13},
                            .batch_rows = 10,
                            .steps = 2};

TEST(AutoRecBatchesBench, EachSideHasTimesOfTheWallClockAndOfTheDevice) {
  const Report report = run(autorec_batches(tiny), 1, 2, Device::emulated);
  std::vector<std::string> sides;
  for (const Sample& sample : report.samples) {
    sides.push_back(sample.side);
    EXPECT_THAT(sample.seconds, SizeIs(2)) << sample.side;
    EXPECT_THAT(sample.seconds, ::testing::Each(Gt(0))) << sample.side;
  }
  EXPECT_THAT(sides, ElementsAre("full_batch", "full_batch device", "full_batch_launched",
                                 "full_batch_launched device", "mini_batch", "mini_batch device",
                                 "mini_batch_launched", "mini_batch_launched device"));
  EXPECT_THAT(report.results, SizeIs(4));
  EXPECT_EQ(report.shape.at("rows").as_int64(), 37);
  EXPECT_EQ(report.shape.at("rows a batch").as_int64(), 10);
}

TEST(AutoRecBatchesBench, OneSideAlone) {
  const Report report = autorec_batches(tiny).run({1, 1, {"mini_batch"}});
  EXPECT_THAT(report.samples, SizeIs(2));
  ASSERT_THAT(report.results, SizeIs(1));
  EXPECT_EQ(report.results[0].key, "mini_batch_busy");
}

}  // namespace
}  // namespace lacuna::experiments::bench
