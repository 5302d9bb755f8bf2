#include "experiments/bench/benchmark.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/bench/benchmarks.hpp"
#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments::bench {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::message_of;
using ::testing::SizeIs;

/// Reports how it was run.
Benchmark stand_in(const std::string& name, int threads) {
  return {.name = name,
          .what = "nothing",
          .threads = threads,
          .sides = {"ours", "copy"},
          .run = [](const Settings& settings) {
            Report report;
            for (const std::string& side : settings.sides) {
              report.samples.push_back({side, {static_cast<double>(settings.threads)}});
            }
            return report;
          }};
}

std::vector<std::string> selected(const std::string& filter) {
  std::vector<std::string> names;
  for (const Benchmark& benchmark : select({stand_in("first", 3), stand_in("second", 1)}, filter)) {
    for (const std::string& side : benchmark.sides) names.push_back(benchmark.name + "/" + side);
  }
  return names;
}

TEST(BenchSelect, TakesTextAndRegularExpressions) {
  EXPECT_THAT(selected(""), ElementsAre("first/ours", "first/copy", "second/ours", "second/copy"));
  EXPECT_THAT(selected("second"), ElementsAre("second/ours", "second/copy"));
  EXPECT_THAT(selected("copy"), ElementsAre("first/copy", "second/copy"));
  EXPECT_THAT(selected("^first/ours$"), ElementsAre("first/ours"));
  EXPECT_THAT(selected("st/c|nd/o"), ElementsAre("first/copy", "second/ours"));
}

TEST(BenchSelect, NoMatchNamesWhatThereIs) {
  const std::string message = message_of<ConfigError>([] { selected("third"); });
  EXPECT_THAT(message,
              AllOf(HasSubstr("\"third\""), HasSubstr("first/ours"), HasSubstr("second/copy")));
}

TEST(BenchSelect, ABadExpressionIsAnErrorOfUsage) {
  EXPECT_THAT(message_of<ConfigError>([] { selected("first["); }), HasSubstr("\"first[\""));
}

TEST(BenchRun, TheUsersThreadsComeBeforeTheBenchmarks) {
  const Benchmark benchmark = stand_in("first", 3);
  const Report own = run(benchmark, {}, 7);
  EXPECT_EQ(own.name, "first");
  EXPECT_EQ(own.threads, 3);
  EXPECT_EQ(own.repetitions, 7);
  ASSERT_THAT(own.samples, SizeIs(2));
  EXPECT_EQ(own.samples[1].side, "copy");
  EXPECT_THAT(own.samples[0].seconds, ElementsAre(3));
  EXPECT_EQ(run(benchmark, 2, 1).threads, 2);
  EXPECT_GE(run(benchmark, 0, 1).threads, 1);
}

TEST(BenchRun, OnlyBenchmarksForEveryDeviceRunOnOthersThanTheCpu) {
  Benchmark benchmark = stand_in("first", 1);
  EXPECT_THAT(message_of<ConfigError>([&] { run(benchmark, 1, 1, Device::emulated); }),
              AllOf(HasSubstr("first"), HasSubstr("'emulated'")));
  benchmark.on_every_device = true;
  EXPECT_EQ(run(benchmark, 1, 1, Device::emulated).device, Device::emulated);
}

TEST(Benchmarks, HaveDistinctNamesAndSides) {
  std::vector<std::string> names;
  for (const Benchmark& benchmark : benchmarks()) {
    names.push_back(benchmark.name);
    EXPECT_FALSE(benchmark.sides.empty()) << benchmark.name;
    EXPECT_FALSE(benchmark.what.empty()) << benchmark.name;
  }
  EXPECT_THAT(names, ::testing::IsSupersetOf({"autorec_step", "parse_ratings", "kernels"}));
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace lacuna::experiments::bench
