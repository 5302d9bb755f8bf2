#include "runtime/sparse/csr_matrix.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>
#include <vector>

namespace lacuna {

namespace {

void check_structure(std::int64_t rows, std::int64_t cols, std::span<const std::int64_t> row_ptr,
                     std::span<const std::int32_t> col, std::size_t values) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(std::string("a CSR matrix's ") + what);
  };
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  require(rows >= 0 && cols >= 0 && rows <= most && cols <= most, "extents are out of range");
  require(row_ptr.size() == static_cast<std::size_t>(rows) + 1 && row_ptr[0] == 0 &&
              row_ptr.back() == static_cast<std::int64_t>(col.size()),
          "row_ptr does not fit its rows and entries");
  require(values == col.size(), "values are not as many as its columns");
  require(std::ranges::is_sorted(row_ptr), "row_ptr is not ascending");
  for (std::size_t r = 0; r + 1 < row_ptr.size(); ++r) {
    const auto row = col.subspan(static_cast<std::size_t>(row_ptr[r]),
                                 static_cast<std::size_t>(row_ptr[r + 1] - row_ptr[r]));
    require(std::ranges::adjacent_find(row, std::ranges::greater_equal{}) == row.end(),
            "columns are not ascending within a row");
    require(row.empty() || (row.front() >= 0 && row.back() < cols), "columns are out of range");
  }
}

}  // namespace

template <class T>
CsrMatrix<T>::CsrMatrix(MemoryPool& pool, std::int64_t rows, std::int64_t cols,
                        std::span<const std::int64_t> row_ptr, std::span<const std::int32_t> col,
                        std::span<const float> value)
    : rows_(rows), cols_(cols) {
  check_structure(rows, cols, row_ptr, col, value.size());
  row_ptr_ = Array<std::int64_t>::copy_of(pool, row_ptr);
  col_ = Array<std::int32_t>::copy_of(pool, col);
  value_ = Array<T>::copy_of(pool, value);
}

template <class T>
CscView CsrMatrix<T>::transpose(MemoryPool& pool) const {
  if (!transpose_.col_ptr.defined()) {
    Transpose built{{pool, cols_ + 1}, {pool, nnz()}, {pool, nnz()}};
    std::int64_t* col_ptr = built.col_ptr.data();
    std::fill_n(col_ptr, cols_ + 1, 0);
    for (const std::int32_t c : col_.span()) ++col_ptr[c + 1];
    for (std::int64_t c = 0; c < cols_; ++c) col_ptr[c + 1] += col_ptr[c];
    std::vector<std::int64_t> next(col_ptr, col_ptr + cols_);
    for (std::int64_t r = 0; r < rows_; ++r) {
      for (std::int64_t e = row_ptr_.data()[r]; e < row_ptr_.data()[r + 1]; ++e) {
        const std::int64_t slot = next[static_cast<std::size_t>(col_.data()[e])]++;
        built.row.data()[slot] = static_cast<std::int32_t>(r);
        built.position.data()[slot] = e;
      }
    }
    transpose_ = std::move(built);
  }
  return {rows_, cols_, transpose_.col_ptr.data(), transpose_.row.data(),
          transpose_.position.data()};
}

template class CsrMatrix<float>;
template class CsrMatrix<double>;

}  // namespace lacuna
