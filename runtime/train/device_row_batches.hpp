#pragma once

#include "runtime/sparse/column_index.hpp"
#include "runtime/train/batch_source.hpp"
#include "runtime/train/row_order.hpp"

namespace lacuna {

/// Batches of a matrix that lies on a device. Each epoch's rows are put in order and sorted by
/// batch and column at its start; a step copies its batch to a fixed place, so that addresses never
/// change. The epoch's copy takes 16 bytes an entry and 12 a column with entries of each batch,
/// which is 28 an entry at most; sorting it 8 more, shared with the kernels' working memory. One
/// batch of all rows is sorted once and not copied.
template <class T>
class DeviceRowBatches : public BatchSource<T> {
 public:
  DeviceRowBatches(DeviceContext& context, const CsrMatrix<T>& matrix, std::int64_t batch_rows,
                   std::uint64_t seed);

  std::int64_t count() const override { return order_.count(); }
  std::int64_t rows(std::int64_t index) const override { return order_.rows(index); }
  BatchCapacity capacity() const override { return capacity_; }
  void start_epoch(int epoch) override;
  SparseRows<T> batch(std::int64_t) const override { return batch_; }
  void stage(const ExecContext& ctx, const StepInput* input) override;

 private:
  DeviceContext& context_;
  const CsrMatrix<T>& matrix_;
  RowOrder order_;
  BatchCapacity capacity_;
  /// Rows and their index.
  struct Rows {
    Rows() = default;
    Rows(DeviceContext& context, BatchCapacity capacity, std::int64_t cols_, std::int64_t groups);
    CsrView<T> by_row() const;

    std::int64_t cols = 0;
    Array<std::int64_t> row_ptr;
    Array<std::int32_t> col;
    Array<T> value;
    ColumnIndex index;
  };

  Array<std::int32_t> numbers_;  // of the epoch's rows
  Rows epoch_;
  Rows staged_;
  SparseRows<T> batch_;
};

}  // namespace lacuna
