#include "runtime/sparse/column_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

/// Every entry of the rows by column, found by looking at each cell.
void expect_index_of(const CsrView<float>& rows, const CscView& index) {
  std::int64_t k = 0;
  std::int64_t slot = 0;
  ASSERT_EQ(index.rows, rows.rows);
  ASSERT_EQ(index.nnz, rows.nnz);
  for (std::int32_t c = 0; c < rows.cols; ++c) {
    const std::int64_t before = slot;
    for (std::int64_t r = 0; r < rows.rows; ++r) {
      for (std::int64_t e = rows.row_ptr[r]; e < rows.row_ptr[r + 1]; ++e) {
        if (rows.col[e] != c) continue;
        EXPECT_EQ(index.row[slot], r);
        EXPECT_EQ(index.position[slot++], e - rows.first);
      }
    }
    if (slot == before) continue;
    ASSERT_LT(k, index.stored);
    EXPECT_EQ(index.column[k], c);
    EXPECT_EQ(index.col_ptr[k++], before);
    EXPECT_EQ(index.col_ptr[k], slot);
  }
  EXPECT_EQ(k, index.stored) << "columns without entries are left out";
}

TEST(ColumnIndex, ListsEachColumnsEntriesByRow) {
  DeviceContext context = testing::cpu_context();
  const auto matrix = testing::random_csr(context, 23, 17, 0.9, 1);
  ColumnIndex index(context, 17, matrix.nnz(), 1);
  expect_index_of(matrix.view<float>(), index.add(context.exec(), matrix.view<float>()));
}

TEST(ColumnIndex, KeepsTheGroupsAddedBefore) {
  DeviceContext context = testing::cpu_context();
  const auto matrix = testing::random_csr(context, 23, 5, 0.5, 2);
  ColumnIndex index(context, 5, matrix.nnz(), 3);
  for (int use = 0; use < 2; ++use) {
    index.clear();
    const CsrView<float> all = matrix.view<float>();
    const CscView first = index.add(context.exec(), all.slice(0, 10));
    const CscView second = index.add(context.exec(), all.slice(10, 10));
    const CscView last = index.add(context.exec(), all.slice(20, 3));
    expect_index_of(all.slice(0, 10), first);
    expect_index_of(all.slice(10, 10), second);
    expect_index_of(all.slice(20, 3), last);
  }
}

TEST(ColumnIndex, OfNoEntriesIsEmpty) {
  DeviceContext context = testing::cpu_context();
  const auto matrix = testing::random_csr(context, 4, 3, 1, 1);
  ColumnIndex index(context, 3, 0, 1);
  expect_index_of(matrix.view<float>(), index.add(context.exec(), matrix.view<float>()));
}

}  // namespace
}  // namespace lacuna
