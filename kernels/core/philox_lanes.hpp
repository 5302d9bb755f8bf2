#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/core/philox.hpp"

namespace lacuna {

/// Blocks that philox_lanes() makes at once: what the registers of AVX2 hold.
inline constexpr std::size_t philox_width = 8;

/// The blocks from `first` on, a SIMD lane each: word[w][lane] is word w of block first + lane. The
/// same numbers as philox(), whose ten rounds in one piece the compiler makes no vectors of.
inline void philox_lanes(const RandomStream& stream, std::uint64_t first,
                         std::array<std::array<std::uint32_t, philox_width>, 4>& word) {
  std::array<std::uint32_t, 2> key{static_cast<std::uint32_t>(stream.seed),
                                   static_cast<std::uint32_t>(stream.seed >> 32)};
#pragma omp simd
  for (std::size_t i = 0; i < philox_width; ++i) {
    word[0][i] = static_cast<std::uint32_t>(first + i);
    word[1][i] = static_cast<std::uint32_t>((first + i) >> 32);
    word[2][i] = stream.step;
    word[3][i] = stream.purpose;
  }
  for (int round = 0; round < 10; ++round) {
#pragma omp simd
    for (std::size_t i = 0; i < philox_width; ++i) {
      const std::uint64_t a = std::uint64_t{0xD2511F53} * word[0][i];
      const std::uint64_t b = std::uint64_t{0xCD9E8D57} * word[2][i];
      word[0][i] = static_cast<std::uint32_t>(b >> 32) ^ word[1][i] ^ key[0];
      word[1][i] = static_cast<std::uint32_t>(b);
      word[2][i] = static_cast<std::uint32_t>(a >> 32) ^ word[3][i] ^ key[1];
      word[3][i] = static_cast<std::uint32_t>(a);
    }
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
}

}  // namespace lacuna
