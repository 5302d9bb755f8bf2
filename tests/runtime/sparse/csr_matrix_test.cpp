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
  const CsrMatrix<float> matrix(context.pool(), 0, 3, RowPtr{0}, Col{}, std::vector<float>{});
  EXPECT_EQ(matrix.nnz(), 0);
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
  EXPECT_THROW(CsrMatrix<float>(context.pool(), s.rows, s.cols, s.row_ptr, s.col,
                                std::vector<float>(s.values)),
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
