#include "runtime/optim/schedule.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

TEST(Schedule, ConstantIsOne) {
  const Schedule schedule(ConstantSchedule{}, 10);
  EXPECT_EQ(schedule.rate(0), 1);
  EXPECT_EQ(schedule.rate(9), 1);
}

TEST(Schedule, StepFallsEveryFewEpochs) {
  const Schedule schedule(StepSchedule{.every = 3, .factor = 0.5}, 10);
  EXPECT_EQ(schedule.rate(2), 1);
  EXPECT_EQ(schedule.rate(3), 0.5);
  EXPECT_EQ(schedule.rate(8), 0.25);
}

TEST(Schedule, CosineGoesFromOneToItsFloor) {
  const Schedule schedule(CosineSchedule{.floor = 0.2}, 100);
  EXPECT_EQ(schedule.rate(0), 1);
  EXPECT_NEAR(schedule.rate(50), 0.6, 1e-12);
  EXPECT_NEAR(schedule.rate(100), 0.2, 1e-12);
}

TEST(Schedule, PlateauFallsWhereValidationStagnates) {
  Schedule schedule(PlateauSchedule{.patience = 2, .factor = 0.1}, 100);
  for (const bool improved : {true, false, true, false}) schedule.report(improved);
  EXPECT_EQ(schedule.rate(4), 1) << "never two in a row";
  schedule.report(false);
  EXPECT_DOUBLE_EQ(schedule.rate(5), 0.1);
  schedule.report(false);
  EXPECT_DOUBLE_EQ(schedule.rate(6), 0.1) << "counted anew";
  schedule.report(false);
  EXPECT_DOUBLE_EQ(schedule.rate(7), 0.01);
}

}  // namespace
}  // namespace lacuna
