#pragma once

#include "runtime/sparse/column_index.hpp"
#include "runtime/train/entry_view.hpp"
#include "runtime/train/field_batches.hpp"

namespace lacuna {

/// Batches of sparse rows that lie on a device. Each epoch's rows are put in order and sorted by
/// batch and column at its start; a step copies its batch to a fixed place, so that addresses never
/// change. The epoch's copy takes 16 bytes an entry and 12 a column with entries of each batch,
/// which is 28 an entry at most; sorting it 8 more, shared with the kernels' working memory. One
/// batch of all rows is sorted once and not copied, unless its entries are drawn anew; coded
/// ones take as much for each place they have.
template <class T>
class DeviceRowBatches final : public FieldBatches {
 public:
  /// Refers to the matrix.
  DeviceRowBatches(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order,
                   const EntryView& entries);

  BatchField field() const override;
  void start_epoch(int epoch, const std::int32_t* order) override;
  void show(BatchField& field, std::int64_t index) const override;
  void stage(const ExecContext& ctx, const BatchOrder& order, std::int64_t rows) override;

 private:
  /// Rows and their index.
  struct Rows {
    CopiedRows<T> copied;
    ColumnIndex index;
    CsrView<T> by_row;
  };
  /// Room for them, in groups.
  Rows room(std::int64_t rows, std::int64_t entries, std::int64_t groups) const;

  DeviceContext& context_;
  const CsrMatrix& matrix_;
  RowOrder order_;
  EntryView entries_;
  std::int64_t most_entries_;
  Rows epoch_;
  Rows staged_;
  SparseRows<T> batch_;
};

}  // namespace lacuna
