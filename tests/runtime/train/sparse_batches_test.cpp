#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "runtime/train/batches.hpp"
#include "runtime/train/training_clock.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

/// Batches of sparse rows: sorted once an epoch, ahead of it on the CPU.
namespace lacuna {
namespace {

using ::testing::Le;
using Row = std::map<std::int32_t, float>;

class SparseBatches : public ::testing::TestWithParam<Device> {
 protected:
  void SetUp() override { LACUNA_NEED_DEVICE(GetParam()); }

  template <class T>
  std::vector<T> host(const T* data, std::int64_t count) {
    std::vector<T> values(static_cast<std::size_t>(count));
    if (count > 0) context_->runtime().copy_to_host(values.data(), data, values.size() * sizeof(T));
    return values;
  }

  std::vector<Row> by_row(const CsrView<float>& rows) {
    const auto row_ptr = host(rows.row_ptr, rows.rows + 1);
    const auto col = host(rows.col, row_ptr.back());
    const auto value = host(rows.value, row_ptr.back());
    std::vector<Row> all(static_cast<std::size_t>(rows.rows));
    for (std::size_t r = 0; r < all.size(); ++r) {
      for (auto e = static_cast<std::size_t>(row_ptr[r]);
           e < static_cast<std::size_t>(row_ptr[r + 1]); ++e) {
        all[r][col[e]] = value[e];
      }
    }
    return all;
  }

  /// The columns that have entries in the batch; the host may know only how many there can be.
  std::int64_t columns(const CscView& index) {
    return index.counted == nullptr ? index.stored : host(index.counted, 1).at(0);
  }

  /// The batch's rows put together from its entries by column.
  std::vector<Row> by_column(const SparseRows<float>& batch) {
    const CscView& index = batch.by_column;
    const auto first = host(batch.by_row.row_ptr, 1).at(0);
    const auto column = host(index.column, columns(index));
    const auto col_ptr = host(index.col_ptr, columns(index) + 1);
    const auto row = host(index.row, col_ptr.back());
    const auto position = host(index.position, col_ptr.back());
    const auto value = host(batch.by_row.value + first, index.nnz);
    std::vector<Row> rows(static_cast<std::size_t>(index.rows));
    EXPECT_TRUE(std::ranges::is_sorted(column));
    for (std::size_t k = 0; k < column.size(); ++k) {
      EXPECT_LT(col_ptr[k], col_ptr[k + 1]) << "columns without entries are left out";
      for (auto e = static_cast<std::size_t>(col_ptr[k]);
           e < static_cast<std::size_t>(col_ptr[k + 1]); ++e) {
        rows.at(static_cast<std::size_t>(row[e]))[column[k]] =
            value[static_cast<std::size_t>(position[e])];
      }
    }
    return rows;
  }

  Batches batches(std::int64_t batch_rows, std::uint64_t seed) {
    return {*context_, DType::f32, testing::rows_of(*matrix_), RowOrder(45, batch_rows, seed)};
  }

  const SparseRows<float>& put(Batches& batches, std::int64_t index) {
    clock_->prepare(context_->exec(), {.batch = index});
    batches.put(context_->exec(), clock_->input(), index);
    return batches.batch().get<SparseField>("input").view<float>();
  }

  /// The rows of an epoch in its order; each batch by row and by column must be the same.
  std::vector<Row> rows_of_epoch(Batches& batches, int epoch) {
    batches.start_epoch(epoch);
    std::vector<Row> all;
    for (std::int64_t b = 0; b < batches.count(); ++b) {
      const SparseRows<float>& batch = put(batches, b);
      EXPECT_EQ(batch.by_row.rows, batches.batch().rows);
      EXPECT_THAT(batch.by_row.nnz, Le(batches.batch().get<SparseField>("input").most_entries));
      const std::vector<Row> rows = by_row(batch.by_row);
      EXPECT_EQ(rows, by_column(batch)) << "batch " << b;
      all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
  }

  std::vector<Row> rows_in_order() { return by_row(matrix_->view<float>()); }

  // Made where the device is there.
  std::unique_ptr<DeviceContext> context_ = device_status(GetParam()) == "available"
                                                ? std::make_unique<DeviceContext>(GetParam(), 2)
                                                : nullptr;
  std::unique_ptr<CsrMatrix> matrix_ =
      context_ ? std::make_unique<CsrMatrix>(testing::random_csr(*context_, 45, 12, 0.8, 3))
               : nullptr;
  std::unique_ptr<TrainingClock> clock_ =
      context_ ? std::make_unique<TrainingClock>(context_->pool(), 1) : nullptr;
};

TEST_P(SparseBatches, EveryEpochHasEachRowOnceTheLastPartialBatchIncluded) {
  Batches in_tens = batches(10, 1);
  EXPECT_EQ(in_tens.count(), 5);
  const std::vector<Row> all = rows_in_order();
  for (const int epoch : {1, 2, 3}) {
    const std::vector<Row> rows = rows_of_epoch(in_tens, epoch);
    EXPECT_EQ(std::multiset<Row>(rows.begin(), rows.end()),
              std::multiset<Row>(all.begin(), all.end()));
    std::vector<Row> dealt;
    for (const std::int32_t r : RowOrder(45, 10, 1).of_epoch(epoch)) {
      dealt.push_back(all[static_cast<std::size_t>(r)]);
    }
    EXPECT_EQ(rows, dealt) << "on every device in the same order";
    EXPECT_NE(rows, all) << "shuffled";
  }
  const SparseRows<float>& last = put(in_tens, 4);
  EXPECT_EQ(last.by_row.rows, 5);
  EXPECT_LT(columns(last.by_column), 12) << "this batch lacks a column";
}

TEST_P(SparseBatches, TheOrderIsAFunctionOfSeedAndEpoch) {
  Batches first = batches(10, 1);
  Batches other = batches(10, 2);
  const auto one = rows_of_epoch(first, 1);
  const auto two = rows_of_epoch(first, 2);
  EXPECT_NE(one, two);
  EXPECT_NE(one, rows_of_epoch(other, 1));
  Batches resumed = batches(10, 1);
  EXPECT_EQ(two, rows_of_epoch(resumed, 2)) << "whatever came before";
  EXPECT_EQ(one, rows_of_epoch(resumed, 1));
}

TEST_P(SparseBatches, OneBatchKeepsTheRowsInTheirOrder) {
  for (const std::int64_t batch_rows : {0, 45, 100}) {
    Batches whole = batches(batch_rows, 1);
    EXPECT_EQ(whole.count(), 1);
    for (const int epoch : {1, 2}) EXPECT_EQ(rows_of_epoch(whole, epoch), rows_in_order());
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, SparseBatches,
                         ::testing::Values(Device::cpu, Device::emulated, Device::cuda),
                         [](const auto& device) { return std::string(device_name(device.param)); });

TEST(SparseBatchesOnTheCpu, OneBatchIsNotCopied) {
  DeviceContext context = testing::cpu_context();
  const CsrMatrix matrix = testing::random_csr(context, 45, 12, 0.6, 3);
  const testing::WholeBatch whole(context, testing::rows_of(matrix));
  EXPECT_EQ(whole.batch().get<SparseField>("input").view<float>().by_row.col,
            matrix.view<float>().col);
}

TEST(RowOrderTest, TheMostEntriesAreThoseOfTheLongestRowsTogether) {
  DeviceContext context = testing::cpu_context();
  const std::vector<std::int64_t> row_ptr{0, 1, 4, 4, 6};
  const std::vector<std::int32_t> col{0, 0, 1, 2, 0, 2};
  const CsrMatrix matrix(context.pool(), 4, 3, row_ptr, col, std::vector<float>(6, 1));
  EXPECT_EQ(RowOrder(4, 2, 0).most_entries(matrix), 3 + 2);
  EXPECT_EQ(RowOrder(4, 0, 0).most_entries(matrix), 6);
  EXPECT_EQ(RowOrder::in_place(4, 2).most_entries(matrix), 1 + 3) << "neighbours stay together";
}

}  // namespace
}  // namespace lacuna
