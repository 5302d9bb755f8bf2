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
  std::int64_t slot = index.col_ptr[0];
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
    ASSERT_LT(k, index.lists());
    EXPECT_EQ(index.column[k], c);
    EXPECT_EQ(index.col_ptr[k++], before);
    EXPECT_EQ(index.col_ptr[k], slot);
  }
  EXPECT_EQ(k, index.lists()) << "columns without entries are left out";
}

TEST(ColumnIndex, ListsEachColumnsEntriesByRow) {
  DeviceContext context = testing::cpu_context();
  const auto matrix = testing::random_csr(context, 23, 17, 0.9, 1);
  ColumnIndex index(context, 17, matrix.nnz(), 1);
  expect_index_of(matrix.view<float>(), index.sorted(context.exec(), matrix.view<float>()));
}

TEST(ColumnIndex, SortsGroupsOfRowsByThemselves) {
  DeviceContext context = testing::cpu_context();
  const auto matrix = testing::random_csr(context, 23, 5, 0.5, 2);
  const CsrView<float> all = matrix.view<float>();
  ColumnIndex index(context, 5, matrix.nnz(), 3);
  for (int use = 0; use < 2; ++use) {
    index.sort(context.exec(), all, 10, matrix.nnz());
    for (std::int64_t group = 0; group < 3; ++group) {
      const CsrView<float> rows = all.slice(10 * group, group < 2 ? 10 : 3);
      const ColumnLists& lists = index.lists();
      const std::int64_t first = lists.list_ptr[group];
      expect_index_of(rows, {.rows = rows.rows,
                             .cols = 5,
                             .stored = lists.list_ptr[group + 1] - first,
                             .column = lists.column + first,
                             .col_ptr = lists.col_ptr + first,
                             .row = lists.row,
                             .position = lists.position,
                             .nnz = rows.nnz});
    }
  }
}

TEST(ColumnIndex, OfNoEntriesIsEmpty) {
  DeviceContext context = testing::cpu_context();
  const auto matrix = testing::random_csr(context, 4, 3, 1, 1);
  ColumnIndex index(context, 3, 0, 1);
  expect_index_of(matrix.view<float>(), index.sorted(context.exec(), matrix.view<float>()));
}

}  // namespace
}  // namespace lacuna
