#pragma once

#include <future>
#include <vector>

#include "runtime/program/program.hpp"
#include "runtime/sparse/column_index.hpp"
#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna {

/// The mini-batches of a matrix's rows. Each epoch deals the rows out anew, by (seed, epoch); the
/// last batch holds what is left. Their entries are sorted for the next epoch by one more thread
/// while this one is trained on, which takes two copies: some 32 bytes an entry. One batch of all
/// rows keeps their order and is sorted once.
template <class T>
class RowBatches {
 public:
  /// `batch_rows` 0, or not fewer than there are rows: one batch.
  RowBatches(MemoryPool& pool, const CsrMatrix<T>& matrix, std::int64_t batch_rows,
             std::uint64_t seed);
  RowBatches(const RowBatches&) = delete;  // its thread refers to it
  RowBatches& operator=(const RowBatches&) = delete;

  /// Batches in an epoch.
  std::int64_t count() const { return (matrix_.rows() + batch_rows_ - 1) / batch_rows_; }

  /// Holds every batch of every epoch.
  BatchCapacity capacity() const;

  /// Makes batch() those of this epoch.
  void start_epoch(int epoch);

  /// Valid until the next start_epoch().
  SparseRows<T> batch(std::int64_t index) const;

 private:
  /// The rows in the epoch's order, and each batch by column.
  struct Epoch {
    int number = -1;
    Array<std::int64_t> row_ptr;
    Array<std::int32_t> col;
    Array<T> value;
    ColumnIndex index;
    std::vector<CscView> by_column;
  };

  CsrView<T> rows_of(const Epoch& epoch, std::int64_t index) const;
  void deal(Epoch& epoch, int number) const;
  void copy_rows(Epoch& epoch, int number) const;
  Epoch& slot(int epoch) { return epochs_[static_cast<std::size_t>(epoch) % epochs_.size()]; }

  const CsrMatrix<T>& matrix_;
  std::int64_t batch_rows_;
  std::uint64_t seed_;
  std::vector<Epoch> epochs_;  // the one in use and the next
  const Epoch* current_ = nullptr;
  std::future<void> next_;  // last: its destructor waits for the thread that fills an epoch
};

}  // namespace lacuna
