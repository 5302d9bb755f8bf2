#include "runtime/train/row_order.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

RowOrder::RowOrder(std::int64_t rows, std::int64_t batch_rows, std::uint64_t seed)
    : rows_(rows),
      batch_rows_(std::max<std::int64_t>(batch_rows == 0 ? rows : std::min(batch_rows, rows), 1)),
      seed_(seed),
      dealt_(count() > 1) {}

RowOrder RowOrder::in_place(std::int64_t rows, std::int64_t batch_rows) {
  RowOrder order(rows, batch_rows, 0);
  order.dealt_ = false;
  return order;
}

std::int64_t RowOrder::rows(std::int64_t index) const {
  return std::min(batch_rows_, rows_ - index * batch_rows_);
}

std::vector<std::int32_t> RowOrder::of_epoch(int epoch) const {
  const auto shuffled =
      data::shuffled(rows_, {seed_, purpose::batches, static_cast<std::uint32_t>(epoch)});
  return {shuffled.begin(), shuffled.end()};
}

std::int64_t RowOrder::most_entries(const CsrMatrix& matrix) const {
  std::vector<std::int64_t> length;
  if (dealt_) {
    for (std::int64_t r = 0; r < rows_; ++r) length.push_back(matrix.length(r));
    const auto largest = length.begin() + std::min(batch_rows_, rows_);
    std::nth_element(length.begin(), largest, length.end(), std::greater{});
    return std::accumulate(length.begin(), largest, std::int64_t{0});
  }
  for (std::int64_t i = 0; i < count(); ++i) {
    const std::int64_t begin = i * batch_rows_;
    length.push_back(matrix.begin_of(begin + rows(i)) - matrix.begin_of(begin));
  }
  return length.empty() ? 0 : *std::ranges::max_element(length);
}

}  // namespace lacuna
