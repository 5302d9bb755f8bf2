#include "runtime/data/tables/column_scaling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::IsEmpty;

/// Columns: 1 3 5 with a fourth cell missing; constant; 0 0 1 1 that is no number; never seen.
DenseArray table() {
  DenseArray array{4, {4}, std::vector<float>{1, 7, 0, 0, 3, 7, 0, 0, 5, 7, 1, 0, 0, 7, 1, 0}, {}};
  array.mask = CellMask{7, 7, 7, 6};
  return array;
}
const std::vector<bool> is_number{true, true, false, true};

std::vector<float> values(const DenseArray& array) {
  return std::get<std::vector<float>>(array.values);
}

TEST(ColumnScaling, StandardizesObservedCellsOnly) {
  DenseArray array = table();
  const ColumnScaling scaling = fit_scaling(array, Scaling::standardize, is_number);
  EXPECT_THAT(scaling.shift, ElementsAre(3, 7, 0, 0));
  EXPECT_DOUBLE_EQ(scaling.scale[0] * scaling.scale[0], 8.0 / 3);
  EXPECT_THAT((std::vector<double>{scaling.scale.begin() + 1, scaling.scale.end()}),
              ElementsAre(0, 1, 0));
  scaling.apply(array);
  const auto near = [](float x) { return FloatNear(x, 1e-6f); };
  EXPECT_THAT(values(array), ElementsAre(near(-1.2247449f), 0, 0, 0, 0, 0, 0, 0, near(1.2247449f),
                                         0, 1, 0, 0, 0, 1, 0));
}

TEST(ColumnScaling, UnitGoesFromZeroToOne) {
  DenseArray array = table();
  const ColumnScaling scaling = fit_scaling(array, Scaling::unit, is_number);
  scaling.apply(array);
  EXPECT_THAT(values(array), ElementsAre(0, 0, 0, 0, 0.5f, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0));
}

TEST(ColumnScaling, AConstantOfTrainingIsZeroElsewhereToo) {
  const ColumnScaling scaling = fit_scaling(table(), Scaling::standardize, is_number);
  DenseArray other{1, {4}, std::vector<float>{3, 100, 1, 100}, {}};
  scaling.apply(other);
  EXPECT_THAT(values(other), ElementsAre(0, 0, 1, 0));
}

TEST(ColumnScaling, UndoTakesBackIntoTheUnit) {
  const ColumnScaling scaling = fit_scaling(table(), Scaling::unit, is_number);
  std::vector<float> rows{0.25f, 0, 1, 0, 2, 9, 0, 0};
  scaling.undo(rows);
  EXPECT_THAT(rows, ElementsAre(2, 7, 1, 0, 9, 7, 0, 0));
}

TEST(ColumnScaling, NoneChangesNothing) {
  DenseArray array = table();
  const ColumnScaling scaling = fit_scaling(array, Scaling::none, is_number);
  EXPECT_THAT(scaling.shift, IsEmpty());
  scaling.apply(array);
  EXPECT_EQ(values(array), values(table()));
  std::vector<float> rows{1, 2};
  scaling.undo(rows);
  EXPECT_THAT(rows, ElementsAre(1, 2));
}

TEST(ColumnScaling, MustFitItsColumns) {
  EXPECT_NO_THROW((ColumnScaling{{1}, {1}}.check(1)));
  EXPECT_NO_THROW(ColumnScaling{}.check(3));
  EXPECT_THROW((ColumnScaling{{1}, {1}}.check(2)), std::invalid_argument);
  EXPECT_THROW((ColumnScaling{{1}, {}}.check(1)), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::data
