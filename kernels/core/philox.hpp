#pragma once

#include <Random123/philox.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "kernels/core/device_code.hpp"

namespace lacuna {

/// One stream of random numbers. Every draw is a pure function of (seed, purpose, step, element),
/// so nothing has to be saved to resume and no order of evaluation matters.
struct RandomStream {
  std::uint64_t seed = 0;
  std::uint32_t purpose = 0;  ///< keeps uses of one seed apart: initialisation, shuffling, ...
  std::uint32_t step = 0;
};

inline namespace LACUNA_NS {

/// The stream of a step that only the device knows.
LACUNA_INLINE RandomStream at_step(RandomStream stream, std::int64_t step) {
  stream.step = static_cast<std::uint32_t>(step);
  return stream;
}

/// Four random words: block `block` of the stream. Philox 4x32-10 (Salmon et al., SC 2011).
LACUNA_INLINE std::array<std::uint32_t, 4> philox(const RandomStream& stream, std::uint64_t block) {
  const r123::Philox4x32 generator;
  const r123::Philox4x32::ctr_type counter = {{static_cast<std::uint32_t>(block),
                                               static_cast<std::uint32_t>(block >> 32), stream.step,
                                               stream.purpose}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)}};
  const auto word = generator(counter, key);
  return {word[0], word[1], word[2], word[3]};
}

/// A number in the open interval (0, 1), exact in float: 23 bits, centred in their cell.
LACUNA_HD constexpr double open_uniform(std::uint32_t word) {
  return (static_cast<double>(word >> 9) + 0.5) * 0x1p-23;
}

/// Two independent N(0, 1) from 23 bits each (Box and Muller); RandomSequence::normal() takes 53.
LACUNA_INLINE std::array<double, 2> normal_pair(std::uint32_t first, std::uint32_t second) {
  const double radius = std::sqrt(-2.0 * std::log(open_uniform(first)));
  const double angle = 2.0 * std::numbers::pi * open_uniform(second);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace LACUNA_NS

}  // namespace lacuna
