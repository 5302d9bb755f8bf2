#pragma once

#include "kernels/core/block_scan.cuh"
#include "kernels/core/scratch_layout.hpp"

/// One pass of a stable radix sort of (key, number) by a digit of the key, in each of some groups
/// of rows' entries.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr int digit_bits = 8;
inline constexpr unsigned digits = 1U << digit_bits;
inline constexpr unsigned radix_threads = digits;  // a thread per digit between the phases
inline constexpr unsigned radix_warps = radix_threads / warp_lanes;
/// Keys of a thread: a block's digits are counted for 2048 entries, so that counts are 1/8 of the
/// keys and a mini-batch of 10,000 entries still has some blocks.
inline constexpr int radix_visits = 8;
inline constexpr std::int64_t radix_tile = std::int64_t{radix_visits} * radix_threads;

/// Rows in groups, whose entries are cut into tiles: a block of threads takes one. Where a group's
/// tiles begin follows from its first entry alone, so that no pass has to count them and the host
/// need not know how long groups are: at worst a tile of each group is empty.
struct TiledGroups {
  const std::int64_t* ptr = nullptr;  ///< [rows + 1]
  std::int64_t rows = 0;
  std::int64_t group_rows = 1;
  std::int64_t groups = 0;
  std::int64_t nnz = 0;  ///< as in CsrView

  LACUNA_HD std::int64_t tiles() const { return groups == 0 ? 0 : nnz / radix_tile + groups; }
  unsigned blocks() const { return static_cast<unsigned>(tiles()); }

  __device__ std::int64_t first_entry(std::int64_t group) const {
    return ptr[group * group_rows] - ptr[0];
  }
  /// s entries from entry b on have floor((b + s) / t) + 1 - floor(b / t) tiles of t entries: never
  /// fewer than they fill.
  __device__ std::int64_t first_tile(std::int64_t group) const {
    return group == groups ? tiles() : first_entry(group) / radix_tile + group;
  }
  __device__ std::int64_t group_of(std::int64_t tile) const {
    std::int64_t group = 0;  // the last one with first_tile(group) <= tile is in what is left
    for (std::int64_t left = groups; left > 1;) {
      const std::int64_t half = left / 2;
      const bool later = first_tile(group + half) <= tile;
      group = later ? group + half : group;
      left = later ? left - half : half;
    }
    return group;
  }
};

/// A block's group and tile.
struct GroupTile {
  std::int64_t group;
  std::int64_t first_row;
  std::int64_t rows;
  std::int64_t begin;  ///< the group's first entry, the first of all being 0
  std::int64_t size;   ///< entries of the group
  std::int64_t tile;

  __device__ explicit GroupTile(const TiledGroups& in)
      : group(in.group_of(blockIdx.x)),
        first_row(group * in.group_rows),
        rows(in.rows - first_row < in.group_rows ? in.rows - first_row : in.group_rows),
        begin(in.first_entry(group)),
        size(in.ptr[first_row + rows] - in.ptr[first_row]),
        tile(blockIdx.x - in.first_tile(group)) {}
};

struct RadixPass {
  TiledGroups groups;
  int shift = 0;                              ///< of the digit
  const std::int32_t* from = nullptr;         ///< keys, those of all groups
  const std::int32_t* from_number = nullptr;  ///< nullptr: 0, 1, ... in each group
  std::int32_t* to = nullptr;
  std::int32_t* to_number = nullptr;
  std::int32_t* counts = nullptr;  ///< by group, digit and tile
  std::int32_t* totals = nullptr;  ///< [groups, digits]

  __device__ std::int64_t tiles(std::int64_t group) const {
    return groups.first_tile(group + 1) - groups.first_tile(group);
  }
  /// Those of each of the group's tiles.
  __device__ std::int32_t* counts_of(std::int64_t group, unsigned digit) const {
    return counts + groups.first_tile(group) * digits + digit * tiles(group);
  }
};

/// A thread's keys. A warp has neighbouring ones, 32 at a visit, so that the order of entries is
/// that of warps, then visits, then lanes.
struct RadixKeys {
  static constexpr std::int32_t none = -1;
  GroupTile at_tile;
  std::int64_t first;  ///< this lane's, numbered within the group; the next one is 32 further
  std::int32_t key[radix_visits];

  __device__ explicit RadixKeys(const RadixPass& pass) : at_tile(pass.groups) {
    const std::int64_t warp = at_tile.tile * radix_warps + threadIdx.x / warp_lanes;
    first = warp * radix_visits * warp_lanes + threadIdx.x % warp_lanes;
    for (int v = 0; v < radix_visits; ++v) {
      key[v] = at(v) < at_tile.size ? pass.from[at_tile.begin + at(v)] : none;
    }
  }

  __device__ std::int64_t at(int v) const { return first + v * std::int64_t{warp_lanes}; }
  __device__ std::int32_t number(const RadixPass& pass, int v) const {
    if (pass.from_number == nullptr) return static_cast<std::int32_t>(at(v));
    return at(v) < at_tile.size ? pass.from_number[at_tile.begin + at(v)] : none;
  }
};

/// The lanes whose key has the same digit, and how many of them come before this one.
struct SameDigit {
  unsigned digit;  ///< `digits` where there is no key
  unsigned before;
  unsigned count;

  __device__ SameDigit(std::int32_t key, int shift) {
    digit = key < 0 ? digits : (static_cast<unsigned>(key) >> shift) % digits;
    const unsigned lanes = __match_any_sync(all_lanes, digit);
    const unsigned earlier = (1U << (threadIdx.x % warp_lanes)) - 1;
    before = static_cast<unsigned>(__popc(lanes & earlier));
    count = static_cast<unsigned>(__popc(lanes));
  }

  /// One lane for each digit that is there.
  __device__ bool leads() const { return before == 0 && digit < digits; }
};

/// Entries of each digit by warp: counts[warp * digits + digit].
__device__ inline void count_digits(const RadixPass& pass, const RadixKeys& keys,
                                    std::int32_t* counts) {
  for (unsigned w = 0; w < radix_warps; ++w) counts[w * digits + threadIdx.x] = 0;
  __syncthreads();
  std::int32_t* own = counts + threadIdx.x / warp_lanes * digits;
  for (int v = 0; v < radix_visits; ++v) {
    const SameDigit same(keys.key[v], pass.shift);
    if (same.leads()) own[same.digit] += static_cast<std::int32_t>(same.count);
    __syncwarp();
  }
  __syncthreads();
}

}  // namespace LACUNA_NS
}  // namespace lacuna
