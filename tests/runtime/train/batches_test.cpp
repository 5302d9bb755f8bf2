#include "runtime/train/batches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/train/training_clock.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna {
namespace {

using ::testing::ElementsAre;

class BatchesTest : public ::testing::Test {
 protected:
  void put(Batches& batches, std::int64_t index) {
    clock_.prepare(context_.exec(), {.batch = index});
    batches.put(context_.exec(), clock_.input(), index);
  }

  DeviceContext context_ = testing::cpu_context();
  TrainingClock clock_{context_.pool(), 1};
  CsrMatrix matrix_ = testing::random_csr(context_, 45, 12, 0.6, 3);
};

TEST_F(BatchesTest, TwoNamesOfOneFieldAreOne) {
  Batches one(context_, DType::f32, testing::rows_of(matrix_), RowOrder(45, 10, 1));
  Batches two(context_, DType::f32, testing::rows_of(matrix_, matrix_), RowOrder(45, 10, 1));
  const auto same_place = [&](Batches& batches) {
    batches.start_epoch(1);
    put(batches, 2);
    const auto& input = batches.batch().get<SparseField>("input").view<float>();
    const auto& target = batches.batch().get<SparseField>("target").view<float>();
    EXPECT_EQ(input.by_row.nnz, target.by_row.nnz);
    return input.by_row.value == target.by_row.value;
  };
  EXPECT_TRUE(same_place(one));
  EXPECT_FALSE(same_place(two)) << "copies of equal fields are two";
}

TEST_F(BatchesTest, TheLastBatchHasRowsOfItsOwnNumber) {
  Batches batches(context_, DType::f32, testing::rows_of(matrix_), RowOrder(45, 10, 1));
  EXPECT_EQ(batches.batch().most_rows(), 10);
  batches.start_epoch(1);
  std::vector<std::int64_t> rows;
  for (std::int64_t b = 0; b < batches.count(); ++b) {
    put(batches, b);
    rows.push_back(batches.batch().rows);
    EXPECT_EQ(batches.rows(b), rows.back());
    EXPECT_EQ(batches.batch().input, clock_.input());
  }
  EXPECT_THAT(rows, ElementsAre(10, 10, 10, 10, 5));
}

TEST_F(BatchesTest, EntriesBeforeABatchAreThoseOfTheBatchesBefore) {
  DeviceRows data = testing::rows_of(matrix_);
  data.set("dense", testing::dense_field(context_, 45, testing::normals(45, 1), DType::f32));
  const RowOrder dealt(45, 10, 1), in_place = RowOrder::in_place(45, 10);
  for (const RowOrder& order : {dealt, in_place}) {
    Batches batches(context_, DType::f32, data, order,
                    order.dealt() ? Gradients::yes : Gradients::no);
    for (const int epoch : {1, 2}) {
      batches.start_epoch(epoch);
      std::int64_t entries = 0;
      for (std::int64_t b = 0; b < batches.count(); ++b) {
        EXPECT_EQ(batches.entries_before(epoch, b, "target"), entries);
        EXPECT_EQ(batches.entries_before(epoch, b, "dense"), 10 * b);
        put(batches, b);
        entries += batches.batch().get<SparseField>("target").view<float>().by_row.nnz;
      }
      EXPECT_EQ(batches.entries_before(epoch, batches.count(), "target"), matrix_.nnz());
      EXPECT_EQ(batches.entries_before(epoch, batches.count(), "dense"), 45);
    }
  }
}

TEST_F(BatchesTest, FieldsOfOtherKindsOrNamesAreRefused) {
  const testing::WholeBatch whole(context_, testing::rows_of(matrix_));
  EXPECT_TRUE(whole.batch().holds("input"));
  EXPECT_FALSE(whole.batch().holds("weight"));
  EXPECT_THROW(whole.batch().get<DenseField>("input"), std::logic_error);
  EXPECT_THROW(whole.batch().get<SparseField>("weight"), std::logic_error);
}

}  // namespace
}  // namespace lacuna
