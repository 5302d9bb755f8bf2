#include "runtime/data/counts/count_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

struct Entry {
  std::int32_t col = 0;
  float value = 0;
};

/// Entries by row, in the order of the file within each.
class ByRow {
 public:
  ByRow(CountMatrix& matrix, bool transposed)
      : transposed_(transposed), begin_(static_cast<std::size_t>(rows_of(matrix)) + 1) {
    for (const CountEntries& piece : matrix.pieces) {
      for (const std::int32_t r : major(piece)) ++begin_[static_cast<std::size_t>(r) + 1];
    }
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    entries_.resize(static_cast<std::size_t>(begin_.back()));
    std::vector<std::int64_t> next(begin_.begin(), begin_.end() - 1);
    for (CountEntries& piece : matrix.pieces) {
      const std::vector<std::int32_t>& row = major(piece);
      const std::vector<std::int32_t>& col = transposed_ ? piece.row : piece.col;
      for (std::size_t e = 0; e < piece.size(); ++e) {
        const auto at = static_cast<std::size_t>(next[static_cast<std::size_t>(row[e])]++);
        entries_[at] = {col[e], piece.value[e]};
      }
      piece = {};
    }
    matrix.pieces.clear();
  }

  std::span<Entry> row(std::int64_t r) {
    const auto at = static_cast<std::size_t>(r);
    return std::span(entries_).subspan(static_cast<std::size_t>(begin_[at]),
                                       static_cast<std::size_t>(begin_[at + 1] - begin_[at]));
  }
  std::size_t size() const { return entries_.size(); }

 private:
  std::int64_t rows_of(const CountMatrix& matrix) const {
    return transposed_ ? matrix.cols : matrix.rows;
  }
  const std::vector<std::int32_t>& major(const CountEntries& piece) const {
    return transposed_ ? piece.col : piece.row;
  }

  bool transposed_;
  std::vector<std::int64_t> begin_;
  std::vector<Entry> entries_;
};

}  // namespace

void check_sizes(const std::string& path, std::int64_t rows, std::int64_t cols,
                 std::int64_t entries) {
  constexpr std::int64_t always = 1'000'000;
  constexpr std::int64_t empty_per_entry = 100;
  for (const std::int64_t size : {rows, cols}) {
    if (size < 1 || size >= std::numeric_limits<std::int32_t>::max()) {
      throw DataError(
          fmt::format("{} is {} x {}: each side must be from 1 to 2147483646", path, rows, cols));
    }
    if (size > always && size / empty_per_entry > entries) {
      throw DataError(fmt::format(
          "{} says it is {} x {}, and has {} entries: next to all would be empty. Is it damaged?",
          path, rows, cols, entries));
    }
  }
}

std::string_view fault_of(float value) {
  if (std::isnan(value)) return "NaN is no count: write 0 where nothing was found";
  if (std::isinf(value)) return "a count beyond what float32 holds";
  return value < 0 ? "a negative count" : "";
}

CsrArrays to_csr(CountMatrix& matrix, bool transposed) {
  CsrArrays out{.rows = transposed ? matrix.cols : matrix.rows,
                .cols = transposed ? matrix.rows : matrix.cols,
                .row_ptr = {0},
                .col = {},
                .value = {}};
  ByRow entries(matrix, transposed);
  out.row_ptr.reserve(static_cast<std::size_t>(out.rows) + 1);
  out.col.reserve(entries.size());
  out.value.reserve(entries.size());
  for (std::int64_t r = 0; r < out.rows; ++r) {
    const std::span<Entry> row = entries.row(r);
    if (!std::ranges::is_sorted(row, {}, &Entry::col)) {
      std::ranges::stable_sort(row, {}, &Entry::col);
    }
    for (std::size_t e = 0; e < row.size();) {
      const std::int32_t col = row[e].col;
      double sum = 0;
      for (; e < row.size() && row[e].col == col; ++e) sum += static_cast<double>(row[e].value);
      if (sum == 0) continue;
      out.col.push_back(col);
      out.value.push_back(static_cast<float>(sum));
    }
    out.row_ptr.push_back(out.nnz());
  }
  return out;
}

}  // namespace lacuna::data
