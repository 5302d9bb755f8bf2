#include "runtime/data/field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::array<std::int64_t, 3> rows{2, 0, 2};

/// 3 rows of 9 columns, so that a row of the mask takes two bytes; cell (1, 8) is missing.
DenseArray dense_bytes() {
  DenseArray array{3, {3, 3}, std::vector<std::uint8_t>(27), CellMask(6)};
  auto& values = std::get<std::vector<std::uint8_t>>(array.values);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint8_t>(i);
  for (std::int64_t r = 0; r < 3; ++r) {
    for (std::int64_t c = 0; c < 9; ++c) {
      if (r != 1 || c != 8) set_observed(array.mask, 9, r, c);
    }
  }
  return array;
}

TEST(Field, AMaskTellsWhichCellsAreObserved) {
  const DenseArray array = dense_bytes();
  EXPECT_EQ(array.columns(), 9);
  EXPECT_FALSE(array.observed(1, 8));
  EXPECT_TRUE(array.observed(1, 7));
  EXPECT_TRUE(array.observed(0, 8));
  EXPECT_THAT(array.mask, ElementsAre(0xFF, 1, 0xFF, 0, 0xFF, 1));
  EXPECT_TRUE((DenseArray{3, {9}, std::vector<float>(27), {}}.observed(1, 8)));
}

TEST(Field, RowsOfDenseArraysAreTakenWithTheirMask) {
  const std::array<std::int64_t, 2> two{1, 0};
  const auto taken = std::get<DenseArray>(take_rows(Field(dense_bytes()), two));
  EXPECT_EQ(taken.rows, 2);
  EXPECT_THAT(taken.shape, ElementsAre(3, 3));
  EXPECT_THAT(std::get<std::vector<std::uint8_t>>(taken.values),
              ElementsAre(9, 10, 11, 12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5, 6, 7, 8));
  EXPECT_THAT(taken.mask, ElementsAre(0xFF, 0, 0xFF, 1));
}

TEST(Field, RowsOfSparseMatricesAreTaken) {
  const CsrArrays csr{3, 4, {0, 2, 2, 3}, {0, 3, 1}, {1, 2, 3}};
  const auto taken = std::get<CsrArrays>(take_rows(Field(csr), rows));
  EXPECT_EQ(taken.rows, 3);
  EXPECT_EQ(taken.cols, 4);
  EXPECT_THAT(taken.row_ptr, ElementsAre(0, 1, 3, 4));
  EXPECT_THAT(taken.col, ElementsAre(1, 0, 3, 1));
  EXPECT_THAT(taken.value, ElementsAre(3, 1, 2, 3));
}

TEST(Field, RowsOfADataSetBelongTogether) {
  DataSet data{{}, "file", "sum"};
  data.fields.emplace("target", Labels{{0, -1, 1}, {"no", "yes"}});
  data.fields.emplace("input", Series{3, 2, 1, {0, 1, 2, 3, 4, 5}, CellMask{3, 1, 2}, {2, 1, 2}});
  EXPECT_EQ(data.rows(), 3);
  const DataSet taken = take_rows(data, rows);
  EXPECT_EQ(taken.rows(), 3);
  EXPECT_EQ(taken.source, "file");
  EXPECT_EQ(taken.checksum, "sum");
  const auto& labels = std::get<Labels>(taken.fields.at("target"));
  EXPECT_THAT(labels.value, ElementsAre(1, 0, 1));
  EXPECT_THAT(labels.classes, ElementsAre("no", "yes"));
  const auto& series = std::get<Series>(taken.fields.at("input"));
  EXPECT_THAT(series.values, ElementsAre(4, 5, 0, 1, 4, 5));
  EXPECT_THAT(series.length, ElementsAre(2, 2, 2));
  EXPECT_FALSE(series.observed(0, 0, 0));
  EXPECT_TRUE(series.observed(0, 1, 0));
}

TEST(Field, NothingIsTakenOfNothing) {
  EXPECT_EQ(DataSet().rows(), 0);
  const auto taken = take_rows(Field(DenseArray{2, {1}, std::vector<float>{1, 2}, {}}), {});
  EXPECT_EQ(rows_of(taken), 0);
  EXPECT_THAT(std::get<DenseArray>(taken).mask, IsEmpty());
}

}  // namespace
}  // namespace lacuna::data
