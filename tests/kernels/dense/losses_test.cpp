#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "kernels/case_memory.hpp"
#include "kernels/dense/sigmoid_cross_entropy.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"
#include "kernels/dense/squared_error.hpp"
#include "tests/support/context.hpp"

/// NaNs: one that counts makes the loss NaN, one that does not changes nothing.
namespace lacuna {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

class Losses : public ::testing::TestWithParam<Device> {
 protected:
  DeviceContext context_{GetParam(), 2};
  CaseMemory memory_{context_.runtime()};
  std::vector<LossSum> loss_{1};
  std::vector<float> gradient_ = std::vector<float>(6, 7);
};

struct CrossEntropy : Losses {
  LossSum run(std::vector<float> logits, std::vector<std::int32_t> labels) {
    const SoftmaxCrossEntropy<float> op{.logits = memory_.matrix(logits, 2, 3),
                                        .label = memory_.array(labels),
                                        .loss = memory_.array(loss_),
                                        .logits_gradient = memory_.matrix(gradient_, 2, 3)};
    memory_.to_device();
    softmax_cross_entropy(context_.exec(), op);
    memory_.to_host();
    return loss_[0];
  }
};

TEST_P(CrossEntropy, ANaNLogitMakesTheLossNaN) {
  EXPECT_TRUE(std::isnan(run({1, nan, 2, 0, 0, 0}, {0, 1}).sum));
  EXPECT_TRUE(std::isnan(gradient_[0]));
}

TEST_P(CrossEntropy, RowsWithoutLabelDoNotCount) {
  const LossSum loss = run({1, nan, 2, 0, 0, 0}, {-1, 1});
  EXPECT_NEAR(loss.sum, std::log(3.0), 1e-6);
  EXPECT_EQ(loss.count, 1);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(gradient_[i], 0);
}

TEST_P(CrossEntropy, ExtremeLogitsDoNotOverflow) {
  const LossSum loss = run({3e38f, -3e38f, 0, -1e4f, -1e4f, -1e4f}, {0, 2});
  EXPECT_NEAR(loss.sum, std::log(3.0), 1e-6);
}

struct Squares : Losses {
  LossSum run(std::vector<float> prediction, std::vector<float> weight) {
    std::vector<float> target(6, 1);
    const SquaredError<float> op{.prediction = memory_.matrix(prediction, 2, 3),
                                 .target = memory_.matrix(target, 2, 3),
                                 .row_weight = memory_.array(weight),
                                 .loss = memory_.array(loss_),
                                 .prediction_gradient = memory_.matrix(gradient_, 2, 3)};
    memory_.to_device();
    squared_error(context_.exec(), op);
    memory_.to_host();
    return loss_[0];
  }
};

TEST_P(Squares, ANaNPredictionMakesTheLossNaN) {
  EXPECT_TRUE(std::isnan(run({1, nan, 2, 0, 0, 0}, {1, 1}).sum));
  EXPECT_TRUE(std::isnan(gradient_[1]));
}

TEST_P(Squares, RowsOfWeightZeroDoNotCount) {
  const LossSum loss = run({1, nan, 2, 0, 0, 3}, {0, 2});
  EXPECT_EQ(loss.sum, 12);
  EXPECT_EQ(loss.count, 6);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(gradient_[i], 0);
}

struct BinaryCrossEntropy : Losses {
  LossSum run(std::vector<float> logits, std::vector<float> target,
              std::vector<float> observed = std::vector<float>(6, 1)) {
    CaseMemory memory(context_.runtime());
    const SigmoidCrossEntropy<float> op{.logits = memory.matrix(logits, 2, 3),
                                        .target = memory.matrix(target, 2, 3),
                                        .observed = memory.matrix(observed, 2, 3),
                                        .loss = memory.array(loss_),
                                        .logits_gradient = memory.matrix(gradient_, 2, 3)};
    memory.to_device();
    sigmoid_cross_entropy(context_.exec(), op);
    memory.to_host();
    return loss_[0];
  }
};

TEST_P(BinaryCrossEntropy, ANaNThatIsObservedMakesTheLossNaN) {
  EXPECT_TRUE(std::isnan(run({1, nan, 2, 0, 0, 0}, {0, 1, 0, 1, 0, 1}).sum));
  EXPECT_TRUE(std::isnan(gradient_[1]));
  EXPECT_TRUE(std::isnan(run({1, 3, 2, 0, 0, 0}, {0, 1, 0, 1, nan, 1}).sum));
  EXPECT_TRUE(std::isnan(gradient_[4]));
}

TEST_P(BinaryCrossEntropy, CellsThatAreNotObservedDoNotCount) {
  const LossSum loss = run({0, nan, 3e38f, 0, 0, 0}, {0, 1, nan, 1, 0, nan}, {1, 0, 0, 1, 1, 0});
  EXPECT_NEAR(loss.sum, 3 * std::log(2.0), 1e-6);
  EXPECT_EQ(loss.count, 3);
  for (const std::size_t i : {1, 2, 5}) EXPECT_EQ(gradient_[i], 0);
}

TEST_P(BinaryCrossEntropy, LargeLogitsDoNotOverflow) {
  EXPECT_NEAR(run({100, -100, 100, -100, 3e38f, -3e38f}, {1, 0, 0, 1, 1, 0}).sum, 200, 1e-4);
  EXPECT_NEAR(run({100, 100, 100, 100, 100, 100}, std::vector<float>(6, 1)).sum, 6 * 3.72e-44,
              6e-45);
}

INSTANTIATE_TEST_SUITE_P(Devices, BinaryCrossEntropy,
                         ::testing::Values(Device::cpu, Device::emulated));
INSTANTIATE_TEST_SUITE_P(Devices, CrossEntropy, ::testing::Values(Device::cpu, Device::emulated));
INSTANTIATE_TEST_SUITE_P(Devices, Squares, ::testing::Values(Device::cpu, Device::emulated));

}  // namespace
}  // namespace lacuna
