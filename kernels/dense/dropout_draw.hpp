#pragma once

#include <cstdint>

#include "kernels/core/device_code.hpp"
#include "kernels/core/philox.hpp"

/// Which elements dropout keeps, for every device: element i has word i % 4 of Philox block i / 4
/// and is kept where that is not below the rate.
namespace lacuna {
inline namespace LACUNA_NS {

/// Words from here up keep their element.
LACUNA_INLINE std::uint32_t least_kept_word(double rate) {
  return static_cast<std::uint32_t>(rate * 0x1p32);
}

LACUNA_INLINE RandomStream at_step(RandomStream stream, std::int64_t step) {
  stream.step = static_cast<std::uint32_t>(step);
  return stream;
}

/// What the elements that are kept are multiplied with.
template <class T>
LACUNA_INLINE T dropout_scale(double rate) {
  return static_cast<T>(1 / (1 - rate));
}

}  // namespace LACUNA_NS
}  // namespace lacuna
