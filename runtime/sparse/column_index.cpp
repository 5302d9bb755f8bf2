#include "runtime/sparse/column_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "runtime/error.hpp"

namespace lacuna {

ColumnIndex::ColumnIndex(MemoryPool& pool, std::int64_t cols, std::int64_t entries,
                         std::int64_t groups)
    : cols_(cols),
      column_(pool, std::min(entries, cols * groups)),
      col_ptr_(pool, std::min(entries, cols * groups) + groups),
      row_(pool, entries),
      position_(pool, entries),
      next_(pool, cols) {}

void ColumnIndex::clear() {
  columns_ = pointers_ = entries_ = 0;
}

template <class T>
CscView ColumnIndex::add(const CsrView<T>& rows) {
  if (rows.nnz() > std::numeric_limits<std::int32_t>::max()) {
    throw DataError(fmt::format(
        "a batch of {} ratings, 2^31 or more: set train.batch_size to fewer rows", rows.nnz()));
  }
  const std::int64_t first = rows.first();
  const std::span<const std::int32_t> col(rows.col + first, static_cast<std::size_t>(rows.nnz()));
  std::int64_t* next = next_.data();
  std::fill_n(next, cols_, 0);
  for (const std::int32_t c : col) ++next[c];

  std::int32_t* column = column_.data() + columns_;
  std::int64_t* col_ptr = col_ptr_.data() + pointers_;
  std::int64_t stored = 0;
  std::int64_t sum = 0;
  for (std::int64_t c = 0; c < cols_; ++c) {
    if (next[c] == 0) continue;
    column[stored] = static_cast<std::int32_t>(c);
    col_ptr[stored++] = sum;
    sum += std::exchange(next[c], sum);
  }
  col_ptr[stored] = sum;

  std::int32_t* row = row_.data() + entries_;
  std::int32_t* position = position_.data() + entries_;
  for (std::int64_t r = 0; r < rows.rows; ++r) {
    for (std::int64_t e = rows.row_ptr[r]; e < rows.row_ptr[r + 1]; ++e) {
      const std::int64_t slot = next[rows.col[e]]++;
      row[slot] = static_cast<std::int32_t>(r);
      position[slot] = static_cast<std::int32_t>(e - first);
    }
  }
  columns_ += stored;
  pointers_ += stored + 1;
  entries_ += sum;
  return {rows.rows, cols_, stored, column, col_ptr, row, position};
}

template CscView ColumnIndex::add(const CsrView<float>&);
template CscView ColumnIndex::add(const CsrView<double>&);

}  // namespace lacuna
