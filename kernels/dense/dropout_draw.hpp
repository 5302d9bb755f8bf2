#pragma once

#include <cstdint>

#include "kernels/core/device_code.hpp"

/// Which elements dropout keeps, for every device: of Philox block i / 8, element i has half i % 8
/// (low before high, word by word) and is kept where these 16 bits are not below the rate.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr std::int64_t dropout_block = 8;  ///< elements

/// Halves from here up keep their element: the rate to the nearest 2^-16, below 1.
LACUNA_INLINE std::uint32_t least_kept_half(double rate) {
  const auto nearest = static_cast<std::uint32_t>(rate * 0x1p16 + 0.5);
  return nearest < 0xffff ? nearest : 0xffff;
}

/// For the two elements of a word, a byte each, low first: 1 where kept, else 0.
LACUNA_INLINE std::uint32_t kept_bytes(std::uint32_t word, std::uint32_t least_kept) {
  const std::uint32_t low = (word & 0xffffU) >= least_kept ? 1U : 0U;
  const std::uint32_t high = (word >> 16) >= least_kept ? 1U << 8 : 0U;
  return low | high;
}

/// What the elements that are kept are multiplied with.
template <class T>
LACUNA_INLINE T dropout_scale(double rate) {
  return static_cast<T>(1 / (1 - rate));
}

}  // namespace LACUNA_NS
}  // namespace lacuna
