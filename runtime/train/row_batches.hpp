#pragma once

#include <future>
#include <vector>

#include "runtime/sparse/column_index.hpp"
#include "runtime/train/batch_source.hpp"
#include "runtime/train/row_order.hpp"

namespace lacuna {

/// Batches on the CPU. Their entries are sorted for the next epoch by one more thread while this
/// one is trained on, which takes two copies: some 32 bytes an entry. One batch of all rows keeps
/// their order and is sorted once.
template <class T>
class RowBatches : public BatchSource<T> {
 public:
  RowBatches(DeviceContext& context, const CsrMatrix<T>& matrix, std::int64_t batch_rows,
             std::uint64_t seed);
  RowBatches(const RowBatches&) = delete;  // its thread refers to it
  RowBatches& operator=(const RowBatches&) = delete;

  std::int64_t count() const override { return order_.count(); }
  std::int64_t rows(std::int64_t index) const override { return order_.rows(index); }
  BatchCapacity capacity() const override { return capacity_; }
  void start_epoch(int epoch) override;
  SparseRows<T> batch(std::int64_t index) const override;
  void stage(const ExecContext&, const StepInput*) override {}

 private:
  /// The rows in the epoch's order, and each batch by column.
  struct Epoch {
    int number = -1;
    Array<std::int64_t> row_ptr;
    Array<std::int32_t> col;
    Array<T> value;
    ColumnIndex index;
  };

  CsrView<T> all_rows(const Epoch& epoch) const;
  void deal(Epoch& epoch, int number) const;
  void copy_rows(Epoch& epoch, int number) const;
  Epoch& slot(int epoch) { return epochs_[static_cast<std::size_t>(epoch) % epochs_.size()]; }

  DeviceContext& context_;
  const CsrMatrix<T>& matrix_;
  RowOrder order_;
  BatchCapacity capacity_;
  std::vector<Epoch> epochs_;  // the one in use and the next
  const Epoch* current_ = nullptr;
  std::future<void> next_;  // last: its destructor waits for the thread that fills an epoch
};

}  // namespace lacuna
