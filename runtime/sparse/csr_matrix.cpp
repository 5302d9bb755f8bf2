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

CsrMatrix::CsrMatrix(MemoryPool& pool, std::int64_t rows, std::int64_t cols,
                     std::span<const std::int64_t> row_ptr, std::span<const std::int32_t> col,
                     std::span<const float> value, DType dtype)
    : rows_(rows), cols_(cols), host_row_ptr_(row_ptr.begin(), row_ptr.end()) {
  check_structure(rows, cols, row_ptr, col, value.size());
  row_ptr_ = Array<std::int64_t>::copy_of(pool, row_ptr);
  col_ = Array<std::int32_t>::copy_of(pool, col);
  value_ = Tensor::of(pool, dtype, {static_cast<std::int64_t>(value.size())}, value);
}

CsrMatrix::CsrMatrix(MemoryPool& pool, std::int64_t rows, std::int64_t cols,
                     std::span<const std::int64_t> row_ptr,
                     const std::shared_ptr<const std::vector<std::int32_t>>& col,
                     const std::shared_ptr<const std::vector<float>>& value)
    : rows_(rows), cols_(cols), host_row_ptr_(row_ptr.begin(), row_ptr.end()) {
  check_structure(rows, cols, row_ptr, *col, value->size());
  row_ptr_ = Array<std::int64_t>::copy_of(pool, row_ptr);
  col_ = Array<std::int32_t>::of_shared(pool, col);
  value_ = Tensor::of_shared(pool, value);
}

std::vector<float> CsrMatrix::host_values() const {
  return value_.defined() ? value_.to_host<float>() : std::vector<float>{};
}

}  // namespace lacuna
