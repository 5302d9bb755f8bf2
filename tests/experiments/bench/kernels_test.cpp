#include "experiments/bench/kernels/kernels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lacuna::experiments::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

TEST(BenchKernels, EveryOpIsTimedOnTheCpuAndOnTheEmulatedDevice) {
  Benchmark benchmark = kernels(cases_on_test_shapes());
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

TEST(BenchKernels, CallsOnADeviceTakeSetsOfBuffersInTurn) {
  OpCase op = op_cases().front();
  op.bench_shapes = {{.rows = 9, .cols = 20}};
  const Benchmark benchmark = kernels({op}, 1 << 10);
  const double of_one_set = [&] {
    DeviceContext context(Device::emulated, 1);
    const auto set = op.make_float(op.bench_shapes[0], 1, context.runtime());
    return static_cast<double>(set.memory->bytes());
  }();
  const Report emulated = run(benchmark, 1, 1, Device::emulated);
  EXPECT_GE(emulated.samples.at(1).rotated, 2 * of_one_set);
  EXPECT_EQ(run(benchmark, 1, 1, Device::cpu).samples.at(1).rotated, 0) << "the CPU has one set";
}

TEST(BenchKernels, SidesSayTheOpAndItsShape) {
  OpCase op = op_cases().front();
  op.name = "op";
  op.bench_shapes = {{.rows = 3, .cols = 4},
                     {.rows = 5, .cols = 6, .units = 7, .missing = 0.5, .mode = 2}};
  EXPECT_THAT(kernels({op}).sides, ElementsAre("copy", "op 3x4", "op 5x6x7 missing 0.5 mode 2"));
}

TEST(BenchKernels, FormulasGiveRates) {
  Benchmark benchmark = kernels(cases_on_test_shapes());
  std::erase_if(benchmark.sides, [](const std::string& side) { return !side.starts_with("adam"); });
  const Report report = run(benchmark, 1, 2);
  ASSERT_THAT(report.samples, SizeIs(1));
  EXPECT_GT(report.samples[0].bytes, 0);
  EXPECT_GT(report.samples[0].operations, 0);
}

}  // namespace
}  // namespace lacuna::experiments::bench
