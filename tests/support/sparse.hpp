#pragma once

#include <cstdint>
#include <vector>

#include "kernels/core/philox.hpp"
#include "runtime/device_context.hpp"
#include "runtime/program/program.hpp"
#include "runtime/sparse/column_index.hpp"
#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna::testing {

/// Each cell observed with probability 1 - missing, ratings in [1, 5]; a function of the seed.
template <class T>
CsrMatrix<T> random_csr(DeviceContext& context, std::int64_t rows, std::int64_t cols,
                        double missing, std::uint64_t seed) {
  std::vector<std::int64_t> row_ptr{0};
  std::vector<std::int32_t> col;
  std::vector<float> value;
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t c = 0; c < cols; ++c) {
      const auto word = philox({seed, 9}, static_cast<std::uint64_t>(r * cols + c));
      if (open_uniform(word[0]) < missing) continue;
      col.push_back(static_cast<std::int32_t>(c));
      value.push_back(static_cast<float>(1 + 4 * open_uniform(word[1])));
    }
    row_ptr.push_back(static_cast<std::int64_t>(col.size()));
  }
  return {context.pool(), rows, cols, row_ptr, col, value};
}

/// All rows of a matrix as a program's batch, input and target alike.
template <class T>
class WholeBatch {
 public:
  WholeBatch(DeviceContext& context, const CsrMatrix<T>& matrix)
      : index_(context, matrix.cols(), matrix.nnz(), 1) {
    const SparseRows<T> rows{matrix.view(), index_.sorted(context.exec(), matrix.view())};
    batch = {matrix.rows(), rows, rows};
  }
  WholeBatch(const WholeBatch&) = delete;  // programs refer to the batch
  WholeBatch& operator=(const WholeBatch&) = delete;

  Batch<T> batch;

 private:
  ColumnIndex index_;
};

}  // namespace lacuna::testing
