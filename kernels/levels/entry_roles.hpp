#pragma once

#include <array>
#include <cstdint>

#include "kernels/core/philox.hpp"

/// Which entries of a row a model is given and which it is asked for: of n entries d are given, d
/// uniform on 0 .. n - 1 and each choice of d entries as likely as another (Zheng et al., *A Neural
/// Autoregressive Approach to Collaborative Filtering*, 2016: a random order, cut at random).
///
/// Entry i of a row has a random word u[i], the row one more, t; it is given where
/// u[i] < t max(u) / 2^32. So the entry of the largest word is always asked for, and each of the
/// others is given with the same probability t, which is itself uniform.
namespace lacuna {

/// The entries that are wanted of a row.
enum class EntryRole { any, given, asked };

inline namespace LACUNA_NS {

inline constexpr std::uint64_t entries_of_block = 4;

/// The words of entries 4 block ... 4 block + 3 of a row.
LACUNA_INLINE std::array<std::uint32_t, 4> entry_words(const RandomStream& stream, std::int64_t row,
                                                       std::uint64_t block) {
  return philox(stream, (static_cast<std::uint64_t>(row) << 32) | block);
}

/// Words below it belong to entries that are given; `largest`: of the row's.
LACUNA_INLINE std::uint32_t given_below(const RandomStream& stream, std::int64_t row,
                                        std::uint32_t largest) {
  constexpr std::uint64_t last_block = 0xffffffffU;  // no row has so many entries
  const std::uint64_t share = entry_words(stream, row, last_block)[0];
  return static_cast<std::uint32_t>((share * largest) >> 32);
}

LACUNA_INLINE bool has_role(EntryRole role, std::uint32_t word, std::uint32_t below) {
  return role == EntryRole::any || (word < below) == (role == EntryRole::given);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
