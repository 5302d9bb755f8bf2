#pragma once

#include <memory>

#include "kernels/optim/clock.hpp"
#include "runtime/program/program.hpp"
#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna {

/// The mini-batches of a matrix's rows. Each epoch deals the rows out anew, by (seed, epoch), the
/// same on every device; the last batch holds what is left.
template <class T>
class BatchSource {
 public:
  virtual ~BatchSource() = default;

  /// Batches in an epoch.
  virtual std::int64_t count() const = 0;
  /// Rows of a batch.
  virtual std::int64_t rows(std::int64_t index) const = 0;
  /// Holds every batch of every epoch.
  virtual BatchCapacity capacity() const = 0;

  /// Makes batch() those of this epoch.
  virtual void start_epoch(int epoch) = 0;

  /// Valid until the next start_epoch(). On devices every batch has the same views: what they hold
  /// is put there by stage(), and rows beyond rows(index) are empty.
  virtual SparseRows<T> batch(std::int64_t index) const = 0;

  /// Puts the work on the stream that fills the batch's views, for the batch that `input` [1], on
  /// the device, tells.
  virtual void stage(const ExecContext& ctx, const StepInput* input) = 0;
};

/// `batch_rows` 0, or not fewer than there are rows: one batch of all rows in their order.
template <class T>
std::unique_ptr<BatchSource<T>> make_batch_source(DeviceContext& context,
                                                  const CsrMatrix<T>& matrix,
                                                  std::int64_t batch_rows, std::uint64_t seed);

}  // namespace lacuna
