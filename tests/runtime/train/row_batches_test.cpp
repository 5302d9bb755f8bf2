#include "runtime/train/row_batches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "models/autorec.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::ElementsAre;
using ::testing::Le;

using Row = std::map<std::int32_t, float>;

Row row_of(const CsrView<float>& rows, std::int64_t r) {
  Row row;
  for (std::int64_t e = rows.row_ptr[r]; e < rows.row_ptr[r + 1]; ++e) {
    row[rows.col[e]] = rows.value[e];
  }
  return row;
}

/// The batch's rows put together from its entries by column.
std::vector<Row> rows_by_column(const SparseRows<float>& batch) {
  std::vector<Row> rows(static_cast<std::size_t>(batch.by_column.rows));
  const CscView& index = batch.by_column;
  const float* value = batch.by_row.value + batch.by_row.first;
  for (std::int64_t k = 0; k < index.stored; ++k) {
    for (std::int64_t e = index.col_ptr[k]; e < index.col_ptr[k + 1]; ++e) {
      rows[static_cast<std::size_t>(index.row[e])][index.column[k]] = value[index.position[e]];
    }
  }
  return rows;
}

/// The rows of an epoch in its order; each batch by row and by column must be the same.
std::vector<Row> rows_of_epoch(RowBatches<float>& batches, int epoch) {
  batches.start_epoch(epoch);
  std::vector<Row> rows;
  for (std::int64_t b = 0; b < batches.count(); ++b) {
    const SparseRows<float> batch = batches.batch(b);
    EXPECT_THAT(batch.by_row.rows, Le(batches.capacity().rows));
    EXPECT_THAT(batch.by_row.nnz, Le(batches.capacity().target_entries));
    const std::vector<Row> by_column = rows_by_column(batch);
    for (std::int64_t r = 0; r < batch.by_row.rows; ++r) {
      rows.push_back(row_of(batch.by_row, r));
      EXPECT_EQ(rows.back(), by_column[static_cast<std::size_t>(r)]);
    }
  }
  return rows;
}

class RowBatchesTest : public ::testing::Test {
 protected:
  std::vector<Row> rows_in_order() {
    std::vector<Row> rows;
    for (std::int64_t r = 0; r < matrix_.rows(); ++r) rows.push_back(row_of(matrix_.view(), r));
    return rows;
  }

  DeviceContext context_ = testing::cpu_context();
  CsrMatrix<float> matrix_ = testing::random_csr<float>(context_, 45, 12, 0.6, 3);
};

TEST_F(RowBatchesTest, EveryEpochHasEachRowOnceTheLastPartialBatchIncluded) {
  RowBatches<float> batches(context_, matrix_, 10, 1);
  EXPECT_EQ(batches.count(), 5);
  const std::vector<Row> all = rows_in_order();
  for (const int epoch : {1, 2, 3}) {
    const std::vector<Row> rows = rows_of_epoch(batches, epoch);
    EXPECT_EQ(std::multiset<Row>(rows.begin(), rows.end()),
              std::multiset<Row>(all.begin(), all.end()));
    EXPECT_NE(rows, all) << "shuffled";
  }
  EXPECT_EQ(batches.batch(4).by_row.rows, 5);
}

TEST_F(RowBatchesTest, TheOrderIsAFunctionOfSeedAndEpoch) {
  RowBatches<float> first(context_, matrix_, 10, 1);
  RowBatches<float> other(context_, matrix_, 10, 2);
  const auto one = rows_of_epoch(first, 1);
  const auto two = rows_of_epoch(first, 2);
  EXPECT_NE(one, two);
  EXPECT_NE(one, rows_of_epoch(other, 1));
  RowBatches<float> resumed(context_, matrix_, 10, 1);
  EXPECT_EQ(two, rows_of_epoch(resumed, 2)) << "whatever came before";
  EXPECT_EQ(one, rows_of_epoch(resumed, 1));
}

TEST_F(RowBatchesTest, OneBatchKeepsTheMatrix) {
  for (const std::int64_t batch_rows : {0, 45, 100}) {
    RowBatches<float> batches(context_, matrix_, batch_rows, 1);
    EXPECT_EQ(batches.count(), 1);
    for (const int epoch : {1, 2}) EXPECT_EQ(rows_of_epoch(batches, epoch), rows_in_order());
    EXPECT_EQ(batches.batch(0).by_row.col, matrix_.view().col) << "not copied";
  }
}

TEST_F(RowBatchesTest, CapacityHoldsTheLargestRowsTogether) {
  const std::vector<std::int64_t> row_ptr{0, 1, 4, 4, 6};
  const std::vector<std::int32_t> col{0, 0, 1, 2, 0, 2};
  const CsrMatrix<float> matrix(context_.pool(), 4, 3, row_ptr, col, std::vector<float>(6, 1));
  const BatchCapacity two = RowBatches<float>(context_, matrix, 2, 0).capacity();
  EXPECT_EQ(two.rows, 2);
  EXPECT_EQ(two.target_entries, 3 + 2);
  EXPECT_EQ(RowBatches<float>(context_, matrix, 0, 0).capacity().target_entries, 6);
}

/// The gradients of an AutoRec summed over the batches of an epoch, the weights kept.
std::vector<std::vector<double>> summed_gradients(std::int64_t batch_rows) {
  DeviceContext context = testing::cpu_context();
  const auto ratings = testing::random_csr<double>(context, 137, 30, 0.8, 4);
  models::AutoRecConfig config;
  config.hidden_units = 6;
  models::AutoRec<double> model(context, config, {30, 6}, 1);
  RowBatches<double> batches(context, ratings, batch_rows, 5);
  Program<double> program(context, batches.capacity());
  Batch<double> batch;
  model.record_loss(program, batch);
  std::vector<std::vector<double>> sums(model.parameters().size() + 1);
  sums.back().resize(1);
  batches.start_epoch(1);
  for (std::int64_t b = 0; b < batches.count(); ++b) {
    const SparseRows<double> rows = batches.batch(b);
    batch = {rows.by_row.rows, rows, rows};
    program.forward();
    program.backward();
    sums.back()[0] += program.loss();
    for (std::size_t i = 0; i + 1 < sums.size(); ++i) {
      const auto gradient = model.parameters()[i]->gradient.span<double>();
      sums[i].resize(gradient.size());
      for (std::size_t k = 0; k < gradient.size(); ++k) sums[i][k] += gradient[k];
    }
  }
  return sums;
}

TEST(MiniBatches, GradientsOfAnEpochSumToTheFullBatchs) {
  const auto whole = summed_gradients(0);
  for (const std::int64_t batch_rows : {1, 10, 100}) {
    const auto summed = summed_gradients(batch_rows);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      double largest = 0;
      for (const double g : whole[i]) largest = std::max(largest, std::abs(g));
      for (std::size_t k = 0; k < whole[i].size(); ++k) {
        ASSERT_NEAR(summed[i][k], whole[i][k], 1e-12 * largest) << batch_rows << " rows, " << i;
      }
    }
  }
}

/// The gradients of every batch of an epoch, by a program recorded for `capacity` rows.
std::vector<std::vector<float>> batch_gradients(std::int64_t capacity) {
  DeviceContext context = testing::cpu_context();
  const auto ratings = testing::random_csr<float>(context, 637, 40, 0.7, 4);
  models::AutoRecConfig config;
  config.hidden_units = 9;
  models::AutoRec<float> model(context, config, {40, 12}, 1);
  RowBatches<float> batches(context, ratings, 500, 5);
  Program<float> program(context, {capacity, capacity * 40});
  Batch<float> batch;
  model.record_loss(program, batch);
  batches.start_epoch(1);
  std::vector<std::vector<float>> all;
  for (std::int64_t b = capacity < 500 ? 1 : 0; b < batches.count(); ++b) {
    const SparseRows<float> rows = batches.batch(b);
    batch = {rows.by_row.rows, rows, rows};
    program.forward();
    program.backward();
    if (b == 0) continue;
    for (const Parameter* parameter : model.parameters()) {
      const auto gradient = parameter->gradient.span<float>();
      all.emplace_back(gradient.begin(), gradient.end());
    }
  }
  return all;
}

TEST(MiniBatches, APartialBatchAfterAFullOneHasTheBitsOfItsOwnProgram) {
  EXPECT_EQ(batch_gradients(1000), batch_gradients(137));
}

}  // namespace
}  // namespace lacuna
