#pragma once

#include <limits>

#include "kernels/core/block_sum.cuh"
#include "kernels/core/elementary.hpp"
#include "kernels/core/pack.cuh"

/// One row of a softmax by one warp: three visits of the row, of which the first reads memory and
/// the others find it in L1 (a row of 1,000 classes is 4 KB).
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr unsigned softmax_threads = 256;
inline constexpr unsigned softmax_rows = softmax_threads / warp_lanes;  ///< of a block

/// The row of this thread's warp.
__device__ inline std::int64_t row_of_warp() {
  return std::int64_t{blockIdx.x} * softmax_rows + threadIdx.x / warp_lanes;
}

/// Calls visit(column) with the first columns of the lane's packs.
template <int Width, class Visit>
__device__ void for_packs(std::int64_t cols, Visit visit) {
  const std::int64_t step = std::int64_t{Width} * warp_lanes;
  for (std::int64_t j = Width * (threadIdx.x % warp_lanes); j < cols; j += step) visit(j);
}

struct SoftmaxRow {
  float largest = 0;  ///< passes over NaN, which `sum` then is
  float sum = 0;      ///< of exp(x - largest)

  template <int Width>
  __device__ static SoftmaxRow of(const float* x, std::int64_t cols) {
    SoftmaxRow row;
    float largest = -std::numeric_limits<float>::infinity();
    for_packs<Width>(cols, [&](std::int64_t j) {
      const Pack<Width> pack = load<Width>(x + j);
      for (const float value : pack.x) largest = value > largest ? value : largest;
    });
    row.largest = warp_reduce(largest, [](float a, float b) { return b > a ? b : a; });
    float sum = 0;
    for_packs<Width>(cols, [&](std::int64_t j) {
      const Pack<Width> pack = load<Width>(x + j);
      for (const float value : pack.x) sum += elementary::exp(value - row.largest);
    });
    row.sum = warp_sum(sum);
    return row;
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
