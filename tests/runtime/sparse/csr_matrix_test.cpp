#include "runtime/sparse/csr_matrix.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using RowPtr = std::vector<std::int64_t>;
using Col = std::vector<std::int32_t>;

TEST(CsrMatrix, MayBeEmpty) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix matrix(context.pool(), 0, 3, RowPtr{0}, Col{}, std::vector<float>{});
  EXPECT_EQ(matrix.nnz(), 0);
}

TEST(CsrMatrix, KeepsItsEntriesAsNumbersOfEitherSize) {
  DeviceContext context = testing::cpu_context();
  const std::vector<float> value{0.1f, 2, 3};
  for (const DType dtype : {DType::f32, DType::f64}) {
    const CsrMatrix matrix(context.pool(), 3, 4, RowPtr{0, 2, 2, 3}, Col{1, 3, 0}, value, dtype);
    EXPECT_EQ(matrix.dtype(), dtype);
    EXPECT_EQ(matrix.host_values(), value);
    EXPECT_EQ(matrix.begin_of(2), 2);
    EXPECT_EQ(matrix.length(2), 1);
  }
}

TEST(CsrMatrix, RowsAreAViewOfTheSameArrays) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix matrix = testing::random_csr(context, 9, 5, 0.4, 2);
  const CsrView<float> rows = matrix.rows<float>(4, 3);
  const CsrView<float> expected = matrix.view<float>().slice(4, 3);
  EXPECT_EQ(rows.rows, 3);
  EXPECT_EQ(rows.row_ptr, expected.row_ptr);
  EXPECT_EQ(rows.first, expected.first);
  EXPECT_EQ(rows.nnz, expected.nnz);
  EXPECT_EQ(rows.value, expected.value);
}

TEST(CsrMatrix, SharesArraysThatSomebodyElseKeepsOnTheCpu) {
  DeviceContext context = testing::cpu_context();
  auto col = std::make_shared<const Col>(Col{1, 3, 0});
  auto value = std::make_shared<const std::vector<float>>(std::vector<float>{0.1f, 2, 3});
  const float* kept = value->data();
  const CsrMatrix matrix(context.pool(), 3, 4, RowPtr{0, 2, 2, 3}, col, value);
  col.reset();
  value.reset();
  EXPECT_EQ(matrix.view<float>().value, kept);
  EXPECT_EQ(matrix.view<float>().col[1], 3);
  EXPECT_EQ(matrix.host_values(), (std::vector<float>{0.1f, 2, 3}));
  const auto none = std::make_shared<const std::vector<float>>();
  const CsrMatrix empty(context.pool(), 1, 4, RowPtr{0, 0}, std::make_shared<const Col>(), none);
  EXPECT_EQ(empty.nnz(), 0);
}

struct Structure {
  const char* name;
  std::int64_t rows, cols;
  RowPtr row_ptr;
  Col col;
  std::size_t values;

  friend void PrintTo(const Structure& structure, std::ostream* out) { *out << structure.name; }
};

class BadStructure : public ::testing::TestWithParam<Structure> {};

TEST_P(BadStructure, IsRefused) {
  const Structure& s = GetParam();
  DeviceContext context = testing::cpu_context();
  EXPECT_THROW(
      CsrMatrix(context.pool(), s.rows, s.cols, s.row_ptr, s.col, std::vector<float>(s.values)),
      std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(
    Structures, BadStructure,
    ::testing::Values(Structure{"NegativeExtent", -1, 3, {0}, {}, 0},
                      Structure{"ColumnsBeyondInt32", 1, std::int64_t{1} << 31, {0, 0}, {}, 0},
                      Structure{"ShortRowPtr", 2, 3, {0, 1}, {0}, 1},
                      Structure{"EmptyRowPtr", 0, 3, {}, {}, 0},
                      Structure{"FirstNotZero", 1, 3, {1, 1}, {0}, 1},
                      Structure{"LastNotEntries", 1, 3, {0, 2}, {0}, 1},
                      Structure{"Descending", 2, 3, {0, 2, 1}, {0}, 1},
                      Structure{"TooFewValues", 1, 3, {0, 2}, {0, 1}, 1},
                      Structure{"UnsortedColumns", 1, 3, {0, 2}, {1, 0}, 2},
                      Structure{"RepeatedColumn", 1, 3, {0, 2}, {1, 1}, 2},
                      Structure{"NegativeColumn", 1, 3, {0, 1}, {-1}, 1},
                      Structure{"ColumnTooLarge", 1, 3, {0, 1}, {3}, 1}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace lacuna
