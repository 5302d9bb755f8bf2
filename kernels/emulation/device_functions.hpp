#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <source_location>
#include <type_traits>

#include "kernels/emulation/lane_calls.hpp"
#include "kernels/emulation/vector_types.hpp"

/// What CUDA offers to device code. The last argument of functions that wait is never given: it is
/// the place of the call.
inline namespace emulated_cuda {

inline constinit thread_local uint3 threadIdx{};
inline constinit thread_local uint3 blockIdx{};
inline constinit thread_local dim3 blockDim;
inline constinit thread_local dim3 gridDim;
inline constexpr int warpSize = 32;

namespace detail {

using Place = std::source_location;
using lacuna::emulation::meet;
using lacuna::emulation::Operation;

template <class T>
concept Exchangeable = sizeof(T) == 4 || sizeof(T) == 8;

template <Exchangeable T>
std::uint64_t to_bits(T value) {
  if constexpr (sizeof(T) == 4) return std::bit_cast<std::uint32_t>(value);
  if constexpr (sizeof(T) == 8) return std::bit_cast<std::uint64_t>(value);
}

template <Exchangeable T>
T from_bits(std::uint64_t bits) {
  if constexpr (sizeof(T) == 4) return std::bit_cast<T>(static_cast<std::uint32_t>(bits));
  if constexpr (sizeof(T) == 8) return std::bit_cast<T>(bits);
}

template <Exchangeable T>
T shuffle(Operation operation, unsigned mask, T value, unsigned argument, int width, Place site) {
  return from_bits<T>(
      meet({operation, mask, to_bits(value), argument, static_cast<unsigned>(width), site}));
}

inline unsigned vote(Operation operation, unsigned mask, bool value, Place site) {
  return static_cast<unsigned>(meet({operation, mask, value, 0, 32, site}));
}

}  // namespace detail

inline void __syncthreads(detail::Place site = detail::Place::current()) {
  detail::meet({detail::Operation::syncthreads, 0, 0, 0, 32, site});
}
inline void __syncwarp(unsigned mask = 0xffffffffU, detail::Place site = detail::Place::current()) {
  detail::meet({detail::Operation::syncwarp, mask, 0, 0, 32, site});
}

template <class T>
T __shfl_sync(unsigned mask, T value, int lane, int width = warpSize,
              detail::Place site = detail::Place::current()) {
  return detail::shuffle(detail::Operation::shfl, mask, value, static_cast<unsigned>(lane), width,
                         site);
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = warpSize,
                 detail::Place site = detail::Place::current()) {
  return detail::shuffle(detail::Operation::shfl_up, mask, value, delta, width, site);
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = warpSize,
                   detail::Place site = detail::Place::current()) {
  return detail::shuffle(detail::Operation::shfl_down, mask, value, delta, width, site);
}
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int flip, int width = warpSize,
                  detail::Place site = detail::Place::current()) {
  return detail::shuffle(detail::Operation::shfl_xor, mask, value, static_cast<unsigned>(flip),
                         width, site);
}

inline unsigned __ballot_sync(unsigned mask, int predicate,
                              detail::Place site = detail::Place::current()) {
  return detail::vote(detail::Operation::ballot, mask, predicate != 0, site);
}
inline int __any_sync(unsigned mask, int predicate, detail::Place site = detail::Place::current()) {
  return static_cast<int>(detail::vote(detail::Operation::any, mask, predicate != 0, site));
}
inline int __all_sync(unsigned mask, int predicate, detail::Place site = detail::Place::current()) {
  return static_cast<int>(detail::vote(detail::Operation::all, mask, predicate != 0, site));
}
template <class T>
unsigned __match_any_sync(unsigned mask, T value, detail::Place site = detail::Place::current()) {
  return static_cast<unsigned>(
      detail::meet({detail::Operation::match_any, mask, detail::to_bits(value), 0, 32, site}));
}

constexpr int __popc(unsigned x) {
  return std::popcount(x);
}
constexpr int __clz(int x) {
  return std::countl_zero(static_cast<unsigned>(x));
}
constexpr int __ffs(int x) {
  return x == 0 ? 0 : std::countr_zero(static_cast<unsigned>(x)) + 1;
}

template <class T>
T __ldg(const T* address) {
  return *address;
}

namespace detail {

/// For the types that atomics are offered for: integers only, since the order of floating-point
/// additions would decide the bits.
template <class T>
concept Counter =
    std::same_as<T, int> || std::same_as<T, unsigned> || std::same_as<T, unsigned long long>;

template <Counter T, class F>
T atomic_update(T* address, F&& f) {
  T seen = __atomic_load_n(address, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(address, &seen, f(seen), false, __ATOMIC_RELAXED,
                                      __ATOMIC_RELAXED)) {
  }
  return seen;
}

}  // namespace detail

/// They return what stood there before.
template <detail::Counter T>
T atomicAdd(T* address, std::type_identity_t<T> value) {
  return __atomic_fetch_add(address, value, __ATOMIC_RELAXED);
}
template <detail::Counter T>
T atomicMin(T* address, std::type_identity_t<T> value) {
  return detail::atomic_update(address, [&](T seen) { return seen < value ? seen : value; });
}
template <detail::Counter T>
T atomicMax(T* address, std::type_identity_t<T> value) {
  return detail::atomic_update(address, [&](T seen) { return seen > value ? seen : value; });
}

}  // namespace emulated_cuda
