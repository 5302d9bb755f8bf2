#pragma once

#include <cstdint>

/// What random numbers are drawn for: the `purpose` of every RandomStream, so that one seed serves
/// all.
namespace lacuna::purpose {

inline constexpr std::uint32_t initialization = 1;
inline constexpr std::uint32_t probe = 2;
inline constexpr std::uint32_t batches = 3;
inline constexpr std::uint32_t split = 0x100;
// Of the rows and the columns of generated cells, whatever they stand for.
inline constexpr std::uint32_t first_biases = 0x101;
inline constexpr std::uint32_t second_biases = 0x102;
inline constexpr std::uint32_t first_factors = 0x103;
inline constexpr std::uint32_t second_factors = 0x104;
inline constexpr std::uint32_t first_ranks = 0x105;
inline constexpr std::uint32_t second_ranks = 0x106;
inline constexpr std::uint32_t selection = 0x107;
inline constexpr std::uint32_t coverage = 0x108;
inline constexpr std::uint32_t noise = 0x109;
inline constexpr std::uint32_t table_pairs = 0x10A;
inline constexpr std::uint32_t table_coefficients = 0x10B;
inline constexpr std::uint32_t table_cells = 0x10C;
inline constexpr std::uint32_t table_holes = 0x10D;
inline constexpr std::uint32_t table_noise = 0x10E;
inline constexpr std::uint32_t table_floor = 0x10F;
inline constexpr std::uint32_t injected_groups = 0x110;  ///< by part
inline constexpr std::uint32_t injected_holes = 0x111;   ///< by row
inline constexpr std::uint32_t subset = 0x112;
inline constexpr std::uint32_t pseudo_likelihood = 0x113;
inline constexpr std::uint32_t record_loadings = 0x114;
inline constexpr std::uint32_t record_health = 0x115;  ///< by row, as the next three
inline constexpr std::uint32_t record_cells = 0x116;
inline constexpr std::uint32_t record_holes = 0x117;
inline constexpr std::uint32_t record_disease = 0x118;
inline constexpr std::uint32_t hidden_cells = 0x119;  ///< by row
inline constexpr std::uint32_t entry_roles = 0x120;   ///< given or asked for, by epoch
inline constexpr std::uint32_t masks = 0x121;         ///< by mask: units' degrees and orders
inline constexpr std::uint32_t row_counts = 0x122;    ///< of rows that are drawn
inline constexpr std::uint32_t drawn_cells = 0x123;
inline constexpr std::uint32_t gibbs = 0x8000;  ///< first draw of a chain; up to 0xFFFF later ones
inline constexpr std::uint32_t dropout = 0x10000;  ///< of layer 0; all above it: of later layers

}  // namespace lacuna::purpose
