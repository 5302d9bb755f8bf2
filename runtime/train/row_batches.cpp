#include "runtime/train/row_batches.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

template <class T>
RowBatches<T>::RowBatches(MemoryPool& pool, const CsrMatrix<T>& matrix, std::int64_t batch_rows,
                          std::uint64_t seed)
    : matrix_(matrix),
      batch_rows_(std::max<std::int64_t>(
          batch_rows == 0 ? matrix.rows() : std::min(batch_rows, matrix.rows()), 1)),
      seed_(seed),
      epochs_(count() > 1 ? 2 : 1) {
  for (Epoch& epoch : epochs_) {
    epoch.index = ColumnIndex(pool, matrix.cols(), matrix.nnz(), count());
    epoch.by_column.resize(static_cast<std::size_t>(count()));
    if (count() == 1) continue;
    epoch.row_ptr = Array<std::int64_t>(pool, matrix.rows() + 1);
    epoch.col = Array<std::int32_t>(pool, matrix.nnz());
    epoch.value = Array<T>(pool, matrix.nnz());
  }
}

template <class T>
BatchCapacity RowBatches<T>::capacity() const {
  const std::int64_t* row_ptr = matrix_.view().row_ptr;
  std::vector<std::int64_t> length(static_cast<std::size_t>(matrix_.rows()));
  std::adjacent_difference(row_ptr + 1, row_ptr + matrix_.rows() + 1, length.begin());
  const auto largest = length.begin() + std::min(batch_rows_, matrix_.rows());
  std::nth_element(length.begin(), largest, length.end(), std::greater{});
  return {batch_rows_, std::accumulate(length.begin(), largest, std::int64_t{0})};
}

template <class T>
void RowBatches<T>::start_epoch(int epoch) {
  const int number = count() > 1 ? epoch : 0;
  if (next_.valid()) next_.get();
  if (slot(number).number != number) deal(slot(number), number);
  current_ = &slot(number);
  if (count() == 1) return;
  next_ = std::async(std::launch::async, [this, number] { deal(slot(number + 1), number + 1); });
}

template <class T>
SparseRows<T> RowBatches<T>::batch(std::int64_t index) const {
  return {rows_of(*current_, index), current_->by_column[static_cast<std::size_t>(index)]};
}

template <class T>
CsrView<T> RowBatches<T>::rows_of(const Epoch& epoch, std::int64_t index) const {
  if (count() == 1) return matrix_.view();
  const CsrView<T> all{matrix_.rows(), matrix_.cols(), epoch.row_ptr.data(), epoch.col.data(),
                       epoch.value.data()};
  const std::int64_t first = index * batch_rows_;
  return all.slice(first, std::min(batch_rows_, all.rows - first));
}

template <class T>
void RowBatches<T>::deal(Epoch& epoch, int number) const {
  epoch.number = -1;
  epoch.index.clear();
  if (count() > 1) copy_rows(epoch, number);
  for (std::size_t i = 0; i < epoch.by_column.size(); ++i) {
    epoch.by_column[i] = epoch.index.add(rows_of(epoch, static_cast<std::int64_t>(i)));
  }
  epoch.number = number;
}

template <class T>
void RowBatches<T>::copy_rows(Epoch& epoch, int number) const {
  const CsrView<T> from = matrix_.view();
  const auto step = static_cast<std::uint32_t>(number);
  std::int64_t slot = 0;
  std::int64_t* row_ptr = epoch.row_ptr.data();
  *row_ptr = 0;
  for (const std::int64_t r : data::shuffled(from.rows, {seed_, purpose::batches, step})) {
    const std::int64_t begin = from.row_ptr[r];
    const std::int64_t length = from.row_ptr[r + 1] - begin;
    std::copy_n(from.col + begin, length, epoch.col.data() + slot);
    std::copy_n(from.value + begin, length, epoch.value.data() + slot);
    *++row_ptr = slot += length;
  }
}

template class RowBatches<float>;
template class RowBatches<double>;

}  // namespace lacuna
