#pragma once

#include <cstdint>

/// What random numbers are drawn for: the `purpose` of every RandomStream, so that one seed serves
/// all.
namespace lacuna::purpose {

inline constexpr std::uint32_t initialization = 1;
inline constexpr std::uint32_t probe = 2;
inline constexpr std::uint32_t batches = 3;
inline constexpr std::uint32_t split = 0x100;
inline constexpr std::uint32_t user_biases = 0x101;
inline constexpr std::uint32_t item_biases = 0x102;
inline constexpr std::uint32_t user_factors = 0x103;
inline constexpr std::uint32_t item_factors = 0x104;
inline constexpr std::uint32_t user_ranks = 0x105;
inline constexpr std::uint32_t item_ranks = 0x106;
inline constexpr std::uint32_t selection = 0x107;
inline constexpr std::uint32_t coverage = 0x108;
inline constexpr std::uint32_t noise = 0x109;
inline constexpr std::uint32_t dropout = 0x10000;  ///< of layer 0; 0x10001: of layer 1; ...

}  // namespace lacuna::purpose
