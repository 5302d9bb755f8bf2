#pragma once

#include "kernels/core/pack.cuh"

/// What blocks do that take a sparse row each beside a dense one.
namespace lacuna {
inline namespace LACUNA_NS {

/// Where a row's entries lie.
struct RowEntries {
  std::int64_t begin;
  std::int64_t end;

  __device__ RowEntries(const CsrView<float>& x, std::int64_t row)
      : begin(x.row_ptr[row]), end(x.row_ptr[row + 1]) {}
};

/// Zeros in a row, by the whole block; made of Pack<Width>s.
template <int Width, unsigned Threads>
__device__ void clear_row(float* row, std::int64_t cols) {
  for (std::int64_t c = Width * threadIdx.x; c < cols; c += Width * Threads) {
    store<Width>(row + c, Pack<Width>{});
  }
}

}  // namespace LACUNA_NS
}  // namespace lacuna
