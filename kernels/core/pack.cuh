#pragma once

#include <cstdint>
#include <type_traits>

#include "kernels/core/launch.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {
inline namespace LACUNA_NS {

/// Neighbouring floats, or bytes, moved by one instruction; their address must be a multiple of
/// their size.
template <int Width, class T = float>
struct alignas(sizeof(T) * Width) Pack {
  T x[Width];
};

template <int Width, class T>
__device__ inline Pack<Width, T> load(const T* p) {
  return *reinterpret_cast<const Pack<Width, T>*>(p);
}

template <int Width, class T>
__device__ inline void store(T* p, const Pack<Width, T>& pack) {
  *reinterpret_cast<Pack<Width, T>*>(p) = pack;
}

/// Four floats at p of which the first `count` exist, the others being zero; by one instruction
/// where p is `aligned` and all exist.
__device__ inline Pack<4> load_some(const float* p, std::int64_t count, bool aligned) {
  if (aligned && count >= 4) return load<4>(p);
  Pack<4> pack = {};
  for (int j = 0; j < 4; ++j) {
    if (j < count) pack.x[j] = p[j];
  }
  return pack;
}

__device__ inline void store_some(float* p, std::int64_t count, bool aligned, const Pack<4>& pack) {
  if (aligned && count >= 4) return store<4>(p, pack);
  for (int j = 0; j < 4; ++j) {
    if (j < count) p[j] = pack.x[j];
  }
}

/// Whether a Pack<4, T> may stand at p. An array that is not there, nullptr, hinders nothing.
template <class T>
LACUNA_HD inline bool fits_packs(const T* p) {
  return reinterpret_cast<std::uintptr_t>(p) % sizeof(Pack<4, T>) == 0;
}

/// Whether every row is made of Pack<4, T>s.
template <class T>
bool fits_packs(const MatrixView<T>& matrix) {
  return fits_packs(matrix.data) && matrix.cols % 4 == 0 && matrix.stride % 4 == 0;
}

/// Calls `f` with the width of the packs to use, as a constant.
template <class F>
void with_width(bool packs, F&& f) {
  if (packs) return f(std::integral_constant<int, 4>{});
  f(std::integral_constant<int, 1>{});
}

}  // namespace LACUNA_NS
}  // namespace lacuna
