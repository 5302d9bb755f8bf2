#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "kernels/case_memory.hpp"
#include "kernels/rbm/free_energy.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

class Rbm : public ::testing::TestWithParam<Device> {
 protected:
  DeviceContext context_{GetParam(), 2};
  std::vector<float> bias_{0.5f, -1};

  /// Of two rows of two visible and two hidden units.
  std::vector<float> energies(std::vector<float> v, std::vector<float> a, VisibleUnits units) {
    CaseMemory memory(context_.runtime());
    std::vector<float> energy(2, 7);
    const FreeEnergy<float> op{.v = memory.matrix(v, 2, 2),
                               .visible_bias = memory.array(bias_),
                               .pre_activation = memory.matrix(a, 2, 2),
                               .units = units,
                               .energy = memory.array(energy)};
    memory.to_device();
    free_energy(context_.exec(), op);
    memory.to_host();
    return energy;
  }

  /// Of one row of data and one of the model.
  LossSum gap(std::vector<float> v, std::vector<float> a) {
    CaseMemory memory(context_.runtime());
    std::vector<LossSum> loss(1);
    const MatrixView<float> vs = memory.matrix(v, 2, 2);
    const MatrixView<float> as = memory.matrix(a, 2, 2);
    const FreeEnergyGap<float> op{.v0 = {vs.data, 1, 2},
                                  .a0 = {as.data, 1, 2},
                                  .vk = {vs.row(1), 1, 2},
                                  .ak = {as.row(1), 1, 2},
                                  .visible_bias = memory.array(bias_),
                                  .loss = memory.array(loss)};
    memory.to_device();
    free_energy_gap(context_.exec(), op);
    memory.to_host();
    return loss[0];
  }
};

TEST_P(Rbm, LargePreActivationsDoNotOverflow) {
  const auto energy = energies({0, 0, 1, 1}, {100, -100, 3e38f, -3e38f}, VisibleUnits::binary);
  EXPECT_FLOAT_EQ(energy[0], -100);
  EXPECT_FLOAT_EQ(energy[1], -3e38f);
}

TEST_P(Rbm, ANaNIsItsRowsFreeEnergy) {
  for (const VisibleUnits units : {VisibleUnits::binary, VisibleUnits::gaussian}) {
    const auto of_visible = energies({0, nan, 1, 1}, {1, 2, 3, 4}, units);
    EXPECT_TRUE(std::isnan(of_visible[0]));
    EXPECT_FALSE(std::isnan(of_visible[1]));
    EXPECT_TRUE(std::isnan(energies({0, 0, 1, 1}, {1, 2, nan, 4}, units)[1]));
  }
}

TEST_P(Rbm, ANaNOfEitherSideMakesTheGapNaN) {
  EXPECT_FALSE(std::isnan(gap({0, 1, 1, 0}, {1, 2, 3, 4}).sum));
  EXPECT_TRUE(std::isnan(gap({0, nan, 1, 0}, {1, 2, 3, 4}).sum));
  EXPECT_TRUE(std::isnan(gap({0, 1, 1, 0}, {1, 2, 3, nan}).sum));
}

TEST_P(Rbm, TheGapOfEqualSidesIsZero) {
  EXPECT_EQ(gap({0, 1, 0, 1}, {1, 2, 1, 2}).sum, 0);
  EXPECT_EQ(gap({0, 1, 0, 1}, {1, 2, 1, 2}).count, 1);
}

TEST_P(Rbm, ShapesThatDoNotFitAreRefused) {
  FreeEnergy<float> energy;
  energy.v.rows = 2;
  EXPECT_THROW(free_energy(context_.exec(), energy), std::invalid_argument);
  FreeEnergyGap<float> gap;
  gap.v0.rows = gap.a0.rows = 2;  // and no row of the model
  EXPECT_THROW(free_energy_gap(context_.exec(), gap), std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(Devices, Rbm, ::testing::Values(Device::cpu, Device::emulated));

}  // namespace
}  // namespace lacuna
