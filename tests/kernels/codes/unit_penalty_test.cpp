#include "kernels/codes/unit_penalty.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "kernels/case_memory.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

class UnitPenalties : public ::testing::TestWithParam<Device> {};

TEST_P(UnitPenalties, L1IsFlatAtZeroAndKeepsNaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  DeviceContext context(GetParam(), 2);
  CaseMemory memory(context.runtime());
  std::vector<float> h{0, -0.0f, 2, -3}, dh(4, 7);
  std::vector<LossSum> loss(1);
  const MatrixView<float> units = memory.matrix(h, 2, 2);
  const MatrixView<float> gradient = memory.matrix(dh, 2, 2);
  LossSum* sums = memory.array(loss);
  const auto run = [&] {
    memory.to_device();
    unit_penalty<float>(context.exec(), {.h = units, .loss = sums});
    unit_penalty_backward<float>(context.exec(), {.h = units, .scale = 4, .dh = gradient});
    memory.to_host();
  };
  run();
  EXPECT_EQ(loss[0].sum, 5);
  EXPECT_EQ(loss[0].count, 2);
  EXPECT_EQ(dh, (std::vector<float>{0, 0, 2, -2}));
  h[2] = nan;
  run();
  EXPECT_TRUE(std::isnan(loss[0].sum));
  EXPECT_TRUE(std::isnan(dh[2]));
  EXPECT_EQ(dh[3], -2);
}

INSTANTIATE_TEST_SUITE_P(Devices, UnitPenalties, ::testing::Values(Device::cpu, Device::emulated));

TEST(UnitPenalty, RefusesAGradientOfAnotherShape) {
  DeviceContext context = testing::cpu_context();
  UnitPenaltyBackward<float> op;
  op.dh.cols = 1;
  EXPECT_THROW(unit_penalty_backward(context.exec(), op), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna
