#pragma once

#include <cstddef>

#include "kernels/core/device_code.hpp"

#ifndef __CUDACC__
#include "kernels/emulation/lane_calls.hpp"
#endif

namespace lacuna {
inline namespace LACUNA_NS {

/// N elements of the block's shared memory, the same for every call with these arguments; `Tag`
/// tells arrays of one type and length apart. Not initialised.
#ifdef __CUDACC__
template <class T, std::size_t N, class Tag>
__device__ T* shared_array() {
  __shared__ T array[N];
  return array;
}
#else
template <class T, std::size_t N, class Tag>
T* shared_array() {
  static constexpr char key = 0;
  return static_cast<T*>(emulation::shared_memory(&key, sizeof(T) * N, alignof(T)));
}
#endif

}  // namespace LACUNA_NS
}  // namespace lacuna
