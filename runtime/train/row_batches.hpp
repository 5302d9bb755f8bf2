#pragma once

#include <future>
#include <vector>

#include "runtime/sparse/column_index.hpp"
#include "runtime/train/entry_view.hpp"
#include "runtime/train/field_batches.hpp"

namespace lacuna {

/// Batches of sparse rows on the CPU. Their entries are sorted for the next epoch by one more
/// thread while this one is trained on, which takes two copies: some 32 bytes an entry. One batch
/// of all rows is sorted once, unless its entries are drawn anew; coded ones, of which
/// "input" and "target" have copies of their own, take as much for each place they have.
template <class T>
class RowBatches final : public FieldBatches {
 public:
  /// Refers to the matrix.
  RowBatches(DeviceContext& context, const CsrMatrix& matrix, const RowOrder& order,
             const EntryView& entries);
  RowBatches(const RowBatches&) = delete;  // its thread refers to it
  RowBatches& operator=(const RowBatches&) = delete;

  BatchField field() const override;
  void start_epoch(int epoch, const std::int32_t*) override;
  void show(BatchField& field, std::int64_t index) const override;
  void stage(const ExecContext&, const BatchOrder&, std::int64_t) override {}

 private:
  /// The rows in the epoch's order, and each batch by column.
  struct Epoch {
    int number = -1;
    CopiedRows<T> rows;
    ColumnIndex index;
  };

  /// Whether epochs differ.
  bool renews() const { return order_.dealt() || entries_.draws(); }
  bool copies() const { return order_.dealt() || entries_.coded(); }
  CsrView<T> all_rows(const Epoch& epoch) const;
  void deal(Epoch& epoch, int number) const;
  void copy_rows(Epoch& epoch, int number) const;
  Epoch& slot(int epoch) { return epochs_[static_cast<std::size_t>(epoch) % epochs_.size()]; }

  DeviceContext& context_;
  const CsrMatrix& matrix_;
  RowOrder order_;
  EntryView entries_;
  std::int64_t most_entries_;
  std::vector<Epoch> epochs_;  // the one in use and the next
  const Epoch* current_ = nullptr;
  std::future<void> next_;  // last: its destructor waits for the thread that fills an epoch
};

}  // namespace lacuna
