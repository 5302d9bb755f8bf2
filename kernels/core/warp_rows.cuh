#pragma once

#include "kernels/core/block_sum.cuh"
#include "kernels/core/pack.cuh"

/// How blocks take the rows of a matrix a warp each.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr unsigned warp_row_threads = 256;
inline constexpr unsigned warp_rows = warp_row_threads / warp_lanes;  ///< of a block

/// The row of this thread's warp.
__device__ inline std::int64_t row_of_warp() {
  return std::int64_t{blockIdx.x} * warp_rows + threadIdx.x / warp_lanes;
}

/// Calls visit(column) with the first columns of the lane's packs.
template <int Width, class Visit>
__device__ void for_packs(std::int64_t cols, Visit visit) {
  const std::int64_t step = std::int64_t{Width} * warp_lanes;
  for (std::int64_t j = Width * (threadIdx.x % warp_lanes); j < cols; j += step) visit(j);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
