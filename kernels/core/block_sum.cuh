#pragma once

#include "kernels/core/launch.hpp"
#include "kernels/core/shared_array.hpp"

namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr unsigned warp_lanes = 32;
inline constexpr unsigned all_lanes = 0xffffffffU;

/// combine(...) of the values of a warp's lanes, in every lane; the order is fixed.
template <class T, class Combine>
__device__ inline T warp_reduce(T value, Combine combine) {
  for (unsigned distance = warp_lanes / 2; distance > 0; distance /= 2) {
    value = combine(value, __shfl_xor_sync(all_lanes, value, static_cast<int>(distance)));
  }
  return value;
}

template <class T>
__device__ inline T warp_sum(T value) {
  return warp_reduce(value, [](T a, T b) { return a + b; });
}

/// combine(...) of the values of a block of `Threads` threads, in every thread; the order is fixed.
/// All threads must call it.
template <unsigned Threads, class T, class Combine>
__device__ inline T block_reduce(T value, Combine combine) {
  constexpr unsigned warps = Threads / warp_lanes;
  static_assert(Threads % warp_lanes == 0 && warps <= warp_lanes);
  struct Tag;
  T* results = shared_array<T, warps, Tag>();
  value = warp_reduce(value, combine);
  __syncthreads();  // an earlier call's results have been read
  if (threadIdx.x % warp_lanes == 0) results[threadIdx.x / warp_lanes] = value;
  __syncthreads();
  T result = results[0];
  for (unsigned warp = 1; warp < warps; ++warp) result = combine(result, results[warp]);
  return result;
}

template <unsigned Threads, class T>
__device__ inline T block_sum(T value) {
  return block_reduce<Threads>(value, [](T a, T b) { return a + b; });
}

template <unsigned Threads, class T>
__device__ inline T block_min(T value) {
  return block_reduce<Threads>(value, [](T a, T b) { return b < a ? b : a; });
}

/// The sum of the partial sums that an earlier launch left, by one block, in every thread.
template <unsigned Threads, class T>
__device__ inline T sum_of_partials(const T* partial, std::int64_t count) {
  constexpr int at_once = 8;  // loads on their way before the first is added
  T sum = 0;
  for (std::int64_t i = threadIdx.x; i < count; i += at_once * Threads) {
    T loaded[at_once] = {};
    for (int k = 0; k < at_once; ++k) {
      if (i + k * Threads < count) loaded[k] = partial[i + k * Threads];
    }
    for (int k = 0; k < at_once; ++k) sum += loaded[k];
  }
  return block_sum<Threads>(sum);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
