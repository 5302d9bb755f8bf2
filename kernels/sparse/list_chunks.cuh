#pragma once

#include "kernels/core/row_slice.cuh"

/// How sparse kernels share out entries. Lists of them, the rows of a CSR or the columns of a CSC,
/// have one entry or a hundred thousand; so a warp takes not a list but a chunk of entries, the
/// same number each, and finds out which lists they belong to.
namespace lacuna {
inline namespace LACUNA_NS {

/// Long enough that what chunks leave of lists which cross their ends is 1/16 of what they read,
/// or less; short enough that a mini-batch of 10,000 entries makes a warp for each multiprocessor.
inline constexpr std::int64_t chunk_entries = 64;
/// Warps share nothing: few of them, so that a block's slowest one holds up little.
inline constexpr unsigned chunk_threads = 128;

/// List i is the entries [ptr[i], ptr[i + 1]).
struct EntryLists {
  const std::int64_t* ptr = nullptr;
  std::int64_t count = 0;
  std::int64_t nnz = 0;                   ///< as in CsrView
  const std::int64_t* counted = nullptr;  ///< as in CscView

  /// Of at most `count`.
  __device__ std::int64_t lists() const { return counted == nullptr ? count : *counted; }
  LACUNA_HD std::int64_t chunks() const { return (nnz + chunk_entries - 1) / chunk_entries; }
  unsigned blocks() const { return blocks_for(chunks(), chunk_threads / warp_lanes); }
  __device__ std::int64_t chunk_of(std::int64_t entry) const {
    return (entry - ptr[0]) / chunk_entries;
  }
};

/// A warp's share: the entries [begin, end), none where the grid is larger than what there is.
struct Chunk {
  std::int64_t number = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

__device__ inline Chunk chunk_of_warp(const EntryLists& lists) {
  Chunk chunk;
  chunk.number = (std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x) / warp_lanes;
  chunk.begin = lists.ptr[0] + chunk.number * chunk_entries;
  chunk.end = chunk.begin + chunk_entries;
  const std::int64_t end = lists.ptr[lists.lists()];
  if (chunk.end > end) chunk.end = end;
  return chunk;
}

/// A list that a warp has come to.
struct ListAt {
  std::int64_t list = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// The list of an entry. All lanes of a warp must ask for the same one: they probe 32 places at
/// once, which takes a fifth of the dependent loads of a binary search.
__device__ inline ListAt list_of(const EntryLists& lists, std::int64_t entry) {
  std::int64_t list = 0;  // the last one with ptr[list] <= entry is in [list, list + count)
  for (std::int64_t count = lists.lists(); count > 1;) {
    const std::int64_t step = (count + warp_lanes - 1) / warp_lanes;
    const std::int64_t probe = lane_of_warp() * step;
    const bool begins_before = probe < count && lists.ptr[list + probe] <= entry;
    const std::int64_t skipped = (__popc(__ballot_sync(all_lanes, begins_before)) - 1) * step;
    list += skipped;
    count = step < count - skipped ? step : count - skipped;
  }
  return {list, lists.ptr[list], lists.ptr[list + 1]};
}

/// Steps to the next list with entries; there must be one.
__device__ inline void step_to_next(const EntryLists& lists, ListAt& at) {
  do {
    ++at.list;
    at.begin = at.end;
    at.end = lists.ptr[at.list + 1];
  } while (at.begin == at.end);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
