#include "experiments/bench/kernels/kernels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lacuna::experiments::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

/// Every op, on one small shape in place of those for benchmarks.
std::vector<OpCase> small_cases() {
  std::vector<OpCase> cases = op_cases();
  for (OpCase& op : cases) op.bench_shapes = {op.test_shapes.back()};
  return cases;
}

TEST(BenchKernels, EveryOpIsTimedOnTheCpuAndOnTheEmulatedDevice) {
  Benchmark benchmark = kernels(small_cases());
  std::erase(benchmark.sides, "copy");
  EXPECT_THAT(benchmark.sides, SizeIs(op_cases().size()));
  for (const Device device : {Device::cpu, Device::emulated}) {
    const Report report = run(benchmark, 1, 1, device);
    std::vector<std::string> timed;
    for (const Sample& sample : report.samples) {
      timed.push_back(sample.side);
      EXPECT_THAT(sample.seconds, ElementsAre(::testing::Gt(0))) << sample.side;
    }
    EXPECT_THAT(timed, IsSupersetOf(benchmark.sides));
  }
}

TEST(BenchKernels, SidesSayTheOpAndItsShape) {
  OpCase op = op_cases().front();
  op.name = "op";
  op.bench_shapes = {{.rows = 3, .cols = 4},
                     {.rows = 5, .cols = 6, .units = 7, .missing = 0.5, .mode = 2}};
  EXPECT_THAT(kernels({op}).sides, ElementsAre("copy", "op 3x4", "op 5x6x7 missing 0.5 mode 2"));
}

TEST(BenchKernels, FormulasGiveRates) {
  Benchmark benchmark = kernels(small_cases());
  std::erase_if(benchmark.sides, [](const std::string& side) { return !side.starts_with("adam"); });
  const Report report = run(benchmark, 1, 2);
  ASSERT_THAT(report.samples, SizeIs(1));
  EXPECT_GT(report.samples[0].bytes, 0);
  EXPECT_GT(report.samples[0].operations, 0);
}

}  // namespace
}  // namespace lacuna::experiments::bench
