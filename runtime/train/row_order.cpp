#include "runtime/train/row_order.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace lacuna {

RowOrder::RowOrder(std::int64_t rows, std::int64_t batch_rows, std::uint64_t seed)
    : rows_(rows),
      batch_rows_(std::max<std::int64_t>(batch_rows == 0 ? rows : std::min(batch_rows, rows), 1)),
      seed_(seed) {}

std::int64_t RowOrder::rows(std::int64_t index) const {
  return std::min(batch_rows_, rows_ - index * batch_rows_);
}

std::vector<std::int32_t> RowOrder::of_epoch(int epoch) const {
  const auto shuffled =
      data::shuffled(rows_, {seed_, purpose::batches, static_cast<std::uint32_t>(epoch)});
  return {shuffled.begin(), shuffled.end()};
}

template <class T>
BatchCapacity RowOrder::capacity(const CsrMatrix<T>& matrix) const {
  std::vector<std::int64_t> length(static_cast<std::size_t>(rows_));
  for (std::int64_t r = 0; r < rows_; ++r) length[static_cast<std::size_t>(r)] = matrix.length(r);
  const auto largest = length.begin() + std::min(batch_rows_, rows_);
  std::nth_element(length.begin(), largest, length.end(), std::greater{});
  return {batch_rows_, std::accumulate(length.begin(), largest, std::int64_t{0})};
}

template BatchCapacity RowOrder::capacity(const CsrMatrix<float>&) const;
template BatchCapacity RowOrder::capacity(const CsrMatrix<double>&) const;

}  // namespace lacuna
