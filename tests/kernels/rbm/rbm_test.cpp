#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "kernels/case_memory.hpp"
#include "kernels/rbm/free_energy.hpp"
#include "kernels/rbm/pseudo_likelihood.hpp"
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

/// Values of `rows` equal rows v = (1, 0, 1) with W = 1, 2, -1, b = 0, c = 0 and one hidden unit.
std::vector<float> pseudo_likelihoods(DeviceContext& context, std::int64_t rows, std::int64_t first,
                                      std::int64_t step, float second_unit = 0) {
  CaseMemory memory(context.runtime());
  std::vector<float> v, a(static_cast<std::size_t>(rows), 0), value(a);
  std::vector<float> weight{1, 2, -1}, bias(3, 0);
  for (std::int64_t r = 0; r < rows; ++r) v.insert(v.end(), {1, second_unit, 1});
  const std::vector<std::int64_t> steps{step};
  const PseudoLikelihood<float> op{.v = memory.matrix(v, rows, 3),
                                   .visible_bias = memory.array(bias),
                                   .weight = memory.matrix(weight, 3, 1),
                                   .pre_activation = memory.matrix(a, rows, 1),
                                   .stream = {.seed = 3, .purpose = 9},
                                   .step = memory.array(steps),
                                   .first_row = first,
                                   .value = memory.array(value)};
  memory.to_device();
  pseudo_likelihood(context.exec(), op);
  memory.to_host();
  return value;
}

double softplus(double x) {
  return std::log1p(std::exp(x));
}

/// log p(v_i | the others) of the row above, for a unit whose flip moves a by `change`.
double log_conditional(double change) {
  return -softplus(softplus(change) - softplus(0));
}

TEST_P(Rbm, ThePseudoLikelihoodAveragesToThatOfAllUnits) {
  const auto value = pseudo_likelihoods(context_, 3000, 0, 1);
  const double exact = log_conditional(-1) + log_conditional(2) + log_conditional(1);
  double mean = 0, square = 0;
  for (const float x : value) mean += x / 3000;
  for (const float x : value) square += (x - mean) * (x - mean) / 3000;
  EXPECT_NEAR(mean, exact, 4 * std::sqrt(square / 3000));
  EXPECT_GT(square, 0);
}

TEST_P(Rbm, PseudoLikelihoodsAreDrawnByRowAndStep) {
  const auto all = pseudo_likelihoods(context_, 40, 0, 1);
  const auto rest = pseudo_likelihoods(context_, 30, 10, 1);
  EXPECT_TRUE(std::equal(rest.begin(), rest.end(), all.begin() + 10));
  EXPECT_NE(all, pseudo_likelihoods(context_, 40, 0, 2));
  const auto some_nan = pseudo_likelihoods(context_, 40, 0, 1, nan);
  const auto count = std::ranges::count_if(some_nan, [](float x) { return std::isnan(x); });
  EXPECT_GT(count, 0);
  EXPECT_LT(count, 40);
}

TEST_P(Rbm, ShapesThatDoNotFitAreRefused) {
  FreeEnergy<float> energy;
  energy.v.rows = 2;
  EXPECT_THROW(free_energy(context_.exec(), energy), std::invalid_argument);
  FreeEnergyGap<float> gap;
  gap.v0.rows = gap.a0.rows = 2;  // and no row of the model
  EXPECT_THROW(free_energy_gap(context_.exec(), gap), std::invalid_argument);
  PseudoLikelihood<float> pseudo;
  pseudo.v.rows = pseudo.pre_activation.rows = 2;  // of no units
  EXPECT_THROW(pseudo_likelihood(context_.exec(), pseudo), std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(Devices, Rbm, ::testing::Values(Device::cpu, Device::emulated));

}  // namespace
}  // namespace lacuna
