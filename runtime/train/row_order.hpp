#pragma once

#include "runtime/data/random_sequence.hpp"
#include "runtime/program/program.hpp"
#include "runtime/random_purpose.hpp"
#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna {

/// How a matrix's rows are dealt into batches.
class RowOrder {
 public:
  RowOrder(std::int64_t rows, std::int64_t batch_rows, std::uint64_t seed);

  std::int64_t batch_rows() const { return batch_rows_; }
  std::int64_t count() const { return (rows_ + batch_rows_ - 1) / batch_rows_; }
  std::int64_t rows(std::int64_t index) const;

  /// The epoch's rows, batch after batch.
  std::vector<std::int32_t> of_epoch(int epoch) const;

  /// Of the batches that longest rows could make.
  template <class T>
  BatchCapacity capacity(const CsrMatrix<T>& matrix) const;

 private:
  std::int64_t rows_;
  std::int64_t batch_rows_;
  std::uint64_t seed_;
};

}  // namespace lacuna
