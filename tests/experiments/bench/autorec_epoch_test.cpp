#include "experiments/bench/autorec_epoch/autorec_epoch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/bench/autorec_step/gradient_pass.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments::bench {
namespace {

using ::testing::ElementsAre;

constexpr StepShape tiny{.users = 50, .items = 37, .ratings = 700, .units = 13};

TEST(AutoRecEpochBench, EveryRatingIsPassedOnce) {
  DeviceContext context = testing::cpu_context();
  const StepData data(context, tiny);
  const double whole = GradientPass(context, data, tiny, 0).run();
  GradientPass batches(context, data, tiny, 10);
  for (int epoch = 0; epoch < 3; ++epoch) {
    EXPECT_NEAR(batches.run(), whole, 1e-6 * whole) << "no step changes the weights";
  }
}

TEST(AutoRecEpochBench, ComparesTimesPerRatingWithoutAMarkAtOtherShapes) {
  const EpochShape shape{.whole = tiny, .batched = tiny, .batch_rows = 10};
  const Benchmark benchmark = autorec_epoch(shape);
  const Report report = run(benchmark, 1, 2);
  std::vector<std::string> keys;
  for (const Result& result : report.results) {
    keys.push_back(result.key);
    EXPECT_GT(result.value, 0) << result.key;
    EXPECT_FALSE(result.bound) << result.key;
  }
  EXPECT_THAT(keys, ElementsAre("full_batch_ns", "item_batches_ns", "user_batches_ns",
                                "item_batches_over_full_batch", "user_batches_over_full_batch"));
}

TEST(AutoRecEpochBench, OneSideAloneIsNotCompared) {
  Benchmark benchmark = autorec_epoch({.whole = tiny, .batched = tiny, .batch_rows = 10});
  benchmark.sides = {"user_batches"};
  EXPECT_EQ(run(benchmark, 1, 1).results.size(), 1u);
}

}  // namespace
}  // namespace lacuna::experiments::bench
