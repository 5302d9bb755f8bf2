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

/// A device whose clock says that every call takes `call` seconds.
class SlowDevice : public DeviceRuntime {
 public:
  explicit SlowDevice(double call) : call_(call) {}
  Device device() const override { return Device::cpu; }
  void* stream() const override { return nullptr; }
  void* allocate(std::size_t) override { return nullptr; }
  void free(void*) noexcept override {}
  void copy_to_device(void*, const void*, std::size_t) override {}
  void copy_to_host(void*, const void*, std::size_t) override {}
  void copy(void*, const void*, std::size_t) override {}
  void clear(void*, std::size_t) override {}
  void synchronize() override {}
  std::unique_ptr<DeviceReadback> make_readback(std::size_t) override { return nullptr; }
  std::unique_ptr<DeviceGraph> capture(const std::function<void()>&) override { return nullptr; }
  double seconds(const std::function<void()>& work) override {
    const int before = calls;
    work();
    return call_ * (calls - before);
  }
  int calls = 0;

 private:
  double call_;
};

TEST(BenchMeasure, ADeviceIsTimedByItsOwnClockOverSeveralCalls) {
  for (const auto& [call, per_repetition] : {std::pair{2.5e-4, 4}, std::pair{7.0, 1}}) {
    SlowDevice device(call);
    const auto samples = measure(
        {{.name = "side", .run = [&] { ++device.calls; }, .device = &device, .bytes = 3}}, 5);
    EXPECT_EQ(device.calls, 2 + 5 * per_repetition);
    EXPECT_THAT(samples.at(0).seconds, ::testing::ElementsAre(call, call, call, call, call));
    EXPECT_EQ(samples.at(0).bytes, 3);
  }
}

TEST(BenchMeasure, ASideMayHaveAClockOfItsOwn) {
  int calls = 0;
  const auto samples = measure({{.name = "side",
                                 .run = {},
                                 .seconds =
                                     [&] {
                                       ++calls;
                                       return 0.25;
                                     }}},
                               3);
  EXPECT_EQ(calls, 4);
  EXPECT_THAT(samples.at(0).seconds, ::testing::ElementsAre(0.25, 0.25, 0.25));
}

TEST(BenchMeasure, WithoutRepetitionsADevicesSideRunsTwice) {
  SlowDevice device(2.5e-4);
  const auto samples =
      measure({{.name = "side", .run = [&] { ++device.calls; }, .device = &device}}, 0);
  EXPECT_EQ(device.calls, 2);
  EXPECT_TRUE(samples.at(0).seconds.empty());
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
