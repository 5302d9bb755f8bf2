#pragma once

#include "runtime/sparse/column_index.hpp"
#include "runtime/train/batch_source.hpp"
#include "runtime/train/row_order.hpp"

namespace lacuna {

/// Batches of a matrix that lies on a device. Each is copied to the same place and sorted there
/// within its own step, so that shapes and addresses never change: a few bytes an entry, against
/// the thousands that its weights take. One batch of all rows is sorted once.
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
  Array<std::int32_t> rows_;  // of the epoch, filled up with -1
  Array<std::int64_t> row_ptr_;
  Array<std::int32_t> col_;
  Array<T> value_;
  ColumnIndex index_;
  SparseRows<T> batch_;
};

}  // namespace lacuna
