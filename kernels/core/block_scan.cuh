#pragma once

#include "kernels/core/block_sum.cuh"

namespace lacuna {
inline namespace LACUNA_NS {

/// The sum over the lanes before this one.
template <class T>
__device__ inline T warp_sum_before(T value) {
  const unsigned lane = threadIdx.x % warp_lanes;
  T sum = value;
  for (unsigned distance = 1; distance < warp_lanes; distance *= 2) {
    const T before = __shfl_up_sync(all_lanes, sum, distance);
    if (lane >= distance) sum += before;
  }
  return sum - value;
}

/// The sum over the threads before this one in a block of `Threads`; for integers. All threads must
/// call it.
template <unsigned Threads, class T>
__device__ inline T block_sum_before(T value) {
  constexpr unsigned warps = Threads / warp_lanes;
  static_assert(Threads % warp_lanes == 0 && warps <= warp_lanes);
  struct Tag;
  T* sums = shared_array<T, warps, Tag>();
  const unsigned warp = threadIdx.x / warp_lanes;
  const T before = warp_sum_before(value);
  __syncthreads();  // an earlier call's sums have been read
  if (threadIdx.x % warp_lanes == warp_lanes - 1) sums[warp] = before + value;
  __syncthreads();
  T sum = before;
  for (unsigned w = 0; w < warp; ++w) sum += sums[w];
  return sum;
}

}  // namespace LACUNA_NS
}  // namespace lacuna
