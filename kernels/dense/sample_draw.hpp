#pragma once

#include <array>
#include <cstdint>

#include "kernels/core/philox.hpp"

/// What a sample makes of two random words and a parameter, for every device: element i draws from
/// word i % 4 of Philox block i / 4, a normal one together with its neighbour.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr std::int64_t sample_block = 4;  ///< elements

template <class T>
struct BernoulliRule {
  LACUNA_INLINE static std::array<float, 2> draw(std::uint32_t first, std::uint32_t second) {
    return {static_cast<float>(open_uniform(first)), static_cast<float>(open_uniform(second))};
  }
  /// Written so that a NaN p stays one.
  LACUNA_INLINE T operator()(T p, float u) const {
    const T zero = p == p ? T(0) : p;
    return static_cast<T>(u) < p ? T(1) : zero;
  }
};

template <class T>
struct NormalRule {
  T stddev;

  LACUNA_INLINE static std::array<float, 2> draw(std::uint32_t first, std::uint32_t second) {
    const auto [a, b] = normal_pair(first, second);
    return {static_cast<float>(a), static_cast<float>(b)};
  }
  LACUNA_INLINE T operator()(T mean, float normal) const {
    return mean + stddev * static_cast<T>(normal);
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
