#include "runtime/train/captured_step.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

#include "kernels/dense/reduce.hpp"
#include "runtime/memory/array.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

/// Work that doubles nothing but counts how often the host was asked to put it on the stream.
class CapturedStepTest : public ::testing::Test {
 protected:
  void put_on_stream() {
    ++calls_;
    sum_of_squares<float>(context_.exec(), {.x = values_.span(), .sum = sum_.data()});
  }
  double sum() const { return sum_.to_host().at(0); }

  DeviceContext context_{Device::emulated, 1};
  Array<float> values_ = Array<float>::copy_of(context_.pool(), std::array{1.0f, 2.0f});
  Array<double> sum_ = Array<double>::zeros(context_.pool(), 1);
  int calls_ = 0;
};

TEST_F(CapturedStepTest, IsRunTwiceThenCapturedAndReplayed) {
  CapturedStep step(
      context_, [this] { put_on_stream(); }, true);
  for (int i = 1; i <= 5; ++i) {
    values_.assign(std::array{static_cast<float>(i), 0.0f});
    step.run();
    EXPECT_EQ(sum(), i * i) << "run " << i;
    EXPECT_EQ(step.captured(), i > 2);
  }
  EXPECT_EQ(calls_, 3);
}

TEST_F(CapturedStepTest, IsRunEachTimeWhereItIsNotToBeCaptured) {
  CapturedStep step(
      context_, [this] { put_on_stream(); }, false);
  for (int i = 0; i < 5; ++i) step.run();
  EXPECT_EQ(calls_, 5);
  EXPECT_FALSE(step.captured());
}

TEST_F(CapturedStepTest, WorkThatThrowsLeavesTheStreamUsable) {
  EXPECT_THROW(context_.runtime().capture([] { throw std::runtime_error("no"); }),
               std::runtime_error);
  put_on_stream();
  EXPECT_EQ(sum(), 5);
}

}  // namespace
}  // namespace lacuna
