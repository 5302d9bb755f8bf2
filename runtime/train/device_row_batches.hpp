#pragma once

#include "runtime/sparse/column_index.hpp"
#include "runtime/train/field_batches.hpp"

namespace lacuna {

/// Batches of sparse rows that lie on a device. Each is copied to the same place and sorted there
/// within its own step, so that addresses never change: a few bytes an entry, against the thousands
/// that its weights take. One batch of all rows is sorted once.
template <class T>
class DeviceRowBatches final : public FieldBatches {
 public:
  /// Refers to the matrix.
  DeviceRowBatches(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order);

  BatchField field() const override;
  void start_epoch(int) override {}
  void show(BatchField& field, std::int64_t index) const override;
  void stage(const ExecContext& ctx, const BatchOrder& order, std::int64_t rows) override;

 private:
  DeviceContext& context_;
  const CsrMatrix& matrix_;
  RowOrder order_;
  std::int64_t most_entries_;
  Array<std::int64_t> row_ptr_;
  Array<std::int32_t> col_;
  Array<T> value_;
  ColumnIndex index_;
  SparseRows<T> batch_;
};

}  // namespace lacuna
