#include "kernels/core/device_runtime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "kernels/emulation/observe.hpp"
#include "runtime/memory/array.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

using ::testing::HasSubstr;

class DeviceRuntimeTest : public ::testing::TestWithParam<Device> {};

// Of several sizes, so that the ring of pinned memory is gone round; each source changes, and is
// freed, before the device is waited for.
TEST_P(DeviceRuntimeTest, WhatWasCopiedToTheDeviceMayChangeAtOnce) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext context(GetParam(), 1);
  std::vector<Array<std::int32_t>> arrays;
  const std::vector<std::int64_t> sizes{1, 3, 100'000, 300'001, 5, 2'000'000, 7};
  for (const std::int64_t size : sizes) {
    arrays.push_back(Array<std::int32_t>::uninitialized(context.pool(), size));
    std::vector<std::int32_t> source(static_cast<std::size_t>(size));
    std::iota(source.begin(), source.end(), static_cast<std::int32_t>(size));
    arrays.back().assign(source);
    std::ranges::fill(source, -1);
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    std::vector<std::int32_t> expected(static_cast<std::size_t>(sizes[i]));
    std::iota(expected.begin(), expected.end(), static_cast<std::int32_t>(sizes[i]));
    EXPECT_EQ(arrays[i].to_host(), expected) << sizes[i];
  }
}

TEST_P(DeviceRuntimeTest, CapturedWorkMayNotCopyFromTheHost) {
  LACUNA_NEED_DEVICE(GetParam());
  DeviceContext context(GetParam(), 1);
  const auto array = Array<float>::zeros(context.pool(), 2);
  const std::vector<float> values{1, 2};
  EXPECT_THROW(context.runtime().capture([&] { array.assign(values); }), std::logic_error);
  array.assign(values);
  EXPECT_EQ(array.to_host(), values);
}

INSTANTIATE_TEST_SUITE_P(Devices, DeviceRuntimeTest, ::testing::ValuesIn(testing::accelerators),
                         [](const auto& d) { return std::string(device_name(d.param)); });

TEST(DeviceReport, WithoutADriverSaysSo) {
  const emulation::Lacking lacking(emulation::Part::driver);
  const DeviceReport report = device_report(Device::emulated);
  EXPECT_EQ(report.problem, "there is no NVIDIA driver");
  EXPECT_EQ(report.driver, "");
  EXPECT_TRUE(report.devices.empty());
  EXPECT_THROW(DeviceContext(Device::emulated, 1), DeviceUnavailable);
}

TEST(DeviceReport, OfADeviceThatTheBuildHasNoCodeForSaysSo) {
  const emulation::Lacking lacking(emulation::Part::code);
  EXPECT_THAT(device_report(Device::emulated).problem,
              HasSubstr("of compute capability 8.0, cannot be used: no kernel image"));
}

}  // namespace
}  // namespace lacuna
