#pragma once

#include <cstdint>
#include <vector>

#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna {

/// How a data set's rows are dealt into batches: anew in each epoch, by (seed, epoch), the same on
/// every device; the last batch holds what is left. One batch of all rows keeps their order.
class RowOrder {
 public:
  /// `batch_rows` 0, or not fewer than there are rows: one batch.
  RowOrder(std::int64_t rows, std::int64_t batch_rows, std::uint64_t seed);
  /// Batches of the rows as they stand, for predictions.
  static RowOrder in_place(std::int64_t rows, std::int64_t batch_rows);

  std::int64_t batch_rows() const { return batch_rows_; }
  std::int64_t count() const { return (rows_ + batch_rows_ - 1) / batch_rows_; }
  std::int64_t rows(std::int64_t index) const;
  bool dealt() const { return dealt_; }
  std::int64_t total_rows() const { return rows_; }

  /// The epoch's rows, batch after batch.
  std::vector<std::int32_t> of_epoch(int epoch) const;

  /// The most entries that a batch can have: those of the longest rows, where they are dealt.
  std::int64_t most_entries(const CsrMatrix& matrix) const;

 private:
  std::int64_t rows_;
  std::int64_t batch_rows_;
  std::uint64_t seed_ = 0;
  bool dealt_;
};

}  // namespace lacuna
