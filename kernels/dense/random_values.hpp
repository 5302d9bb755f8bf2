#pragma once

#include <array>
#include <cstdint>

#include "kernels/core/philox.hpp"

/// What random_fill makes of a Philox block's four words, for every device.
namespace lacuna {
inline namespace LACUNA_NS {

template <class T>
struct UniformValues {
  T low, high;

  LACUNA_INLINE std::array<double, 4> operator()(const std::array<std::uint32_t, 4>& word) const {
    std::array<double, 4> value;
    for (std::size_t i = 0; i < 4; ++i) value[i] = low + (high - low) * open_uniform(word[i]);
    return value;
  }
};

template <class T>
struct NormalValues {
  T mean, stddev;

  LACUNA_INLINE std::array<double, 4> operator()(const std::array<std::uint32_t, 4>& word) const {
    const auto [a, b] = normal_pair(word[0], word[1]);
    const auto [c, d] = normal_pair(word[2], word[3]);
    return {mean + stddev * a, mean + stddev * b, mean + stddev * c, mean + stddev * d};
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
