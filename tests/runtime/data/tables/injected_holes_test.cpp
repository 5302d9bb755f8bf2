#include "runtime/data/tables/injected_holes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/data/tables/load_table.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;

DenseArray array(std::int64_t rows, std::int64_t columns) {
  std::vector<float> values(static_cast<std::size_t>(rows * columns), 1.0f);
  return {rows, {columns}, std::move(values), {}};
}

const DenseArray& input_of(const DataSet& data) {
  return std::get<DenseArray>(data.fields.at("input"));
}
const std::vector<std::int32_t>& groups_of(const DataSet& data) {
  return std::get<Labels>(data.fields.at("group")).value;
}

std::int64_t observed(const DenseArray& cells, std::int64_t row) {
  std::int64_t count = 0;
  for (std::int64_t c = 0; c < cells.columns(); ++c) count += cells.observed(row, c) ? 1 : 0;
  return count;
}

DataSet with_holes(DenseArray cells, std::vector<std::int64_t> rows, std::uint32_t part = 0,
                   std::uint64_t seed = 0, const HolesConfig& holes = {}) {
  DataSet data;
  data.fields.emplace("input", std::move(cells));
  inject_holes(data, rows, part, holes, seed);
  return data;
}

TEST(RepeatColumns, StandSideBySideWithTheirHoles) {
  const DenseArray once{2, {3}, std::vector<float>{1, 2, 0, 4, 0, 6}, {3, 5}};
  const DenseArray repeated = repeat_columns(once, 4);
  EXPECT_EQ(repeated.columns(), 12);
  EXPECT_THAT(std::get<std::vector<float>>(repeated.values),
              ElementsAre(1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 4, 0, 6, 4, 0, 6, 4, 0, 6, 4, 0, 6));
  for (std::int64_t c = 0; c < 12; ++c) {
    EXPECT_EQ(repeated.observed(0, c), c % 3 != 2) << c;
    EXPECT_EQ(repeated.observed(1, c), c % 3 != 1) << c;
  }
  EXPECT_TRUE(repeat_columns(array(2, 3), 4).mask.empty()) << "where all cells are observed";
}

TEST(InjectHoles, HalfOfTheRowsLoseFewCellsAndHalfLoseMany) {
  const DataSet data = with_holes(array(5, 1000), {0, 1, 2, 3, 4});
  EXPECT_EQ(std::ranges::count(groups_of(data), 1), 2) << "an odd row is dense";
  for (std::int64_t r = 0; r < 5; ++r) {  // five standard deviations of a count
    const bool sparse = groups_of(data)[static_cast<std::size_t>(r)] == 1;
    EXPECT_NEAR(static_cast<double>(observed(input_of(data), r)), sparse ? 200 : 800, 64) << r;
  }
  const auto& values = std::get<std::vector<float>>(input_of(data).values);
  EXPECT_FLOAT_EQ(static_cast<float>(std::ranges::count(values, 0.0f)),
                  5000.0f - static_cast<float>(std::ranges::count(values, 1.0f)))
      << "hidden cells hold 0";
}

TEST(InjectHoles, WhatWasMissingStaysMissing) {
  DenseArray cells = array(2, 8);
  cells.mask = {0x0F, 0xF0};
  const DataSet data = with_holes(cells, {0, 1}, 0, 0, {.dense_share = 0, .sparse_share = 0});
  EXPECT_THAT(input_of(data).mask, ElementsAre(0x0F, 0xF0));
}

TEST(InjectHoles, DependOnTheSeedAndTheRow) {
  const auto mask = [](std::int64_t row, std::uint64_t seed) {
    return input_of(with_holes(array(1, 200), {row}, 0, seed)).mask;
  };
  EXPECT_EQ(mask(3, 1), mask(3, 1));
  EXPECT_NE(mask(3, 1), mask(4, 1));
  EXPECT_NE(mask(3, 1), mask(3, 2));
  const auto groups = [](std::uint32_t part, std::uint64_t seed) {
    return groups_of(with_holes(array(40, 1), std::vector<std::int64_t>(40), part, seed));
  };
  EXPECT_EQ(groups(0, 1), groups(0, 1));
  EXPECT_NE(groups(0, 1), groups(1, 1));
  EXPECT_NE(groups(0, 1), groups(0, 2));
}

class TablesWithHoles : public DataTest {
 protected:
  TableSource source() const {
    std::string text = "x,y\n";
    for (int i = 0; i < 60; ++i) text += fmt::format("{},{}.5\n", i, 2 * i);
    TableSource source;
    source.path = write("table.csv", text);
    source.target = "y";
    source.copies = 50;
    source.holes = HolesConfig{};
    source.scale = Scaling::unit;
    return source;
  }
};

TEST_F(TablesWithHoles, AllPartsHaveCopiesHolesAndGroups) {
  const TableSplit table = load_table(source());
  EXPECT_EQ(table.schema.copies, 50);
  EXPECT_EQ(table.schema.input_columns(), 1) << "of one copy";
  for (const DataSet* part : {&table.train, &table.validation, &table.test}) {
    EXPECT_EQ(input_of(*part).columns(), 50);
    EXPECT_EQ(std::ranges::count(groups_of(*part), 1), part->rows() / 2);
  }
}

TEST_F(TablesWithHoles, CopiesAreScaledAlikeByWhatTrainingRowsShow) {
  const TableSplit table = load_table(source());
  ASSERT_EQ(table.schema.input_scaling.shift.size(), 1U);
  const DenseArray& cells = input_of(table.train);
  const auto& values = std::get<std::vector<float>>(cells.values);
  float largest = 0;
  for (std::int64_t r = 0; r < cells.rows; ++r) {
    float seen = -1;
    for (std::int64_t c = 0; c < 50; ++c) {
      if (!cells.observed(r, c)) continue;
      const float value = values[static_cast<std::size_t>(50 * r + c)];
      EXPECT_TRUE(seen < 0 || value == seen) << "a row's copies are one number";
      seen = value;
      largest = std::max(largest, value);
    }
  }
  EXPECT_FLOAT_EQ(largest, 1);
}

TEST_F(TablesWithHoles, AnotherSplitDrawsOtherHoles) {
  TableSource other = source();
  other.split_seed = 1;
  EXPECT_NE(input_of(load_table(other).train).mask, input_of(load_table(source()).train).mask);
  EXPECT_EQ(input_of(load_table(source()).train).mask, input_of(load_table(source()).train).mask);
}

}  // namespace
}  // namespace lacuna::data
