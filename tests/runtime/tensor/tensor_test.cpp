#include "runtime/tensor/tensor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/context.hpp"

namespace lacuna {
namespace {

using ::testing::ElementsAre;

class TensorTest : public ::testing::TestWithParam<Device> {
 protected:
  DeviceContext context_{GetParam(), 1};
};

TEST_P(TensorTest, OfFloatsHasThemInItsOwnType) {
  for (const DType dtype : {DType::f32, DType::f64}) {
    const Tensor tensor =
        Tensor::of(context_.pool(), dtype, {2, 2}, std::vector{0.1f, 2.0f, 3.0f, 4.0f});
    EXPECT_EQ(tensor.dtype(), dtype);
    EXPECT_THAT(tensor.to_host<float>(), ElementsAre(0.1f, 2.0f, 3.0f, 4.0f));
    EXPECT_THAT(tensor.to_host<double>(), ElementsAre(static_cast<double>(0.1f), 2.0, 3.0, 4.0));
  }
  EXPECT_THROW(Tensor::of(context_.pool(), DType::f32, {3}, std::vector{1.0f}), std::logic_error);
  EXPECT_THROW(Tensor::of(context_.pool(), DType::i32, {1}, std::vector{1.0f}), std::logic_error);
}

TEST_P(TensorTest, ASliceIsPartOfTheSameMemory) {
  Tensor part;
  {
    const Tensor whole =
        Tensor::of(context_.pool(), DType::f64, {3, 2}, std::vector<float>{0, 1, 2, 3, 4, 5});
    part = whole.slice(1, {2, 2});
    EXPECT_EQ(part.shape(), (Shape{2, 2}));
    EXPECT_THAT(part.to_host<float>(), ElementsAre(1, 2, 3, 4));
    part.clear();
    EXPECT_THAT(whole.to_host<float>(), ElementsAre(0, 0, 0, 0, 0, 5));
    EXPECT_THROW(whole.slice(3, {2, 2}), std::logic_error);
    EXPECT_THROW(whole.slice(-1, {1}), std::logic_error);
    EXPECT_EQ(whole.slice(6, {0}).size(), 0);
  }
  EXPECT_THAT(part.to_host<float>(), ElementsAre(0, 0, 0, 0)) << "it keeps the memory";
}

INSTANTIATE_TEST_SUITE_P(Devices, TensorTest, ::testing::Values(Device::cpu, Device::emulated),
                         [](const auto& device) { return std::string(device_name(device.param)); });

TEST(Tensor, RefusesExtentsThatAreNone) {
  DeviceContext context = testing::cpu_context();
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (const Shape& shape : {Shape{-1}, Shape{most, 3}, Shape{most / 2}}) {
    EXPECT_THROW(Tensor::zeros(context.pool(), DType::f32, shape), std::invalid_argument);
  }
}

TEST(Tensor, IsNotReadAsAnotherType) {
  DeviceContext context = testing::cpu_context();
  const Tensor tensor = Tensor::zeros(context.pool(), DType::f32, {2, 3});
  EXPECT_THROW(tensor.span<double>(), std::logic_error);
  EXPECT_EQ(tensor.first_rows<float>(1).rows, 1);
  EXPECT_THROW(tensor.first_rows<float>(3), std::logic_error);
}

}  // namespace
}  // namespace lacuna
