#pragma once

#include "kernels/sparse/radix_pass.cuh"

/// What is made of a group's sorted columns: the lists of those that have entries, and the rows of
/// the entries. An entry begins a list where its column is not that of the entry before it.
namespace lacuna {
inline namespace LACUNA_NS {

/// A thread's neighbouring entries of a tile.
struct ListHeads {
  GroupTile at_tile;
  std::int64_t first;
  std::int64_t last;
  const std::int32_t* sorted;  ///< columns of the group

  __device__ ListHeads(const TiledGroups& groups, const std::int32_t* columns)
      : at_tile(groups),
        first(at_tile.tile * radix_tile + threadIdx.x * std::int64_t{radix_visits}),
        last(first + radix_visits < at_tile.size ? first + radix_visits : at_tile.size),
        sorted(columns + at_tile.begin) {}

  __device__ bool begins(std::int64_t i) const { return i == 0 || sorted[i] != sorted[i - 1]; }
  __device__ std::int64_t count() const {
    std::int64_t heads = 0;
    for (std::int64_t i = first; i < last; ++i) heads += begins(i) ? 1 : 0;
    return heads;
  }
};

/// The number of rows that end at or before `entry`.
__device__ inline std::int64_t row_of_entry(const std::int64_t* ptr, std::int64_t rows,
                                            std::int64_t entry) {
  std::int64_t row = 0;
  while (rows > 0) {
    const std::int64_t half = rows / 2;
    const bool ends = ptr[row + half + 1] <= entry;
    row = ends ? row + half + 1 : row;
    rows = ends ? rows - half - 1 : half;
  }
  return row;
}

}  // namespace LACUNA_NS
}  // namespace lacuna
