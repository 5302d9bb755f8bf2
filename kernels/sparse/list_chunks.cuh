#pragma once

#include "kernels/core/row_slice.cuh"

/// How sparse kernels share out entries. Lists of them, the rows of a CSR or the columns of a CSC,
/// have one entry or a hundred thousand; so a warp takes not a list but a chunk of entries, the
/// same number each, and finds out which lists they belong to.
namespace lacuna {
inline namespace LACUNA_NS {

/// Entries of a chunk, as a power of two. With 64 what chunks leave of lists that cross their ends
/// is 1/16 of what they read, or less. Few entries make shorter chunks, so that 10,000 still are
/// 157 blocks. The entries alone decide, not the device: bits depend on it.
LACUNA_HD constexpr int log2_chunk(std::int64_t nnz) {
  constexpr std::int64_t wanted_chunks = 1024;
  int log2 = 4;
  while (log2 < 6 && (wanted_chunks << log2) < nnz) ++log2;
  return log2;
}
/// Warps share nothing: few of them, so that a block's slowest one holds up few.
inline constexpr unsigned chunk_threads = 128;

/// List i is the entries [ptr[i], ptr[i + 1]).
struct EntryLists {
  const std::int64_t* ptr;
  std::int64_t count;
  std::int64_t nnz;             ///< as in CsrView
  const std::int64_t* counted;  ///< as in CscView
  int log2_chunk;

  EntryLists(const std::int64_t* list_ptr, std::int64_t list_count, std::int64_t entries,
             const std::int64_t* counted_lists = nullptr)
      : ptr(list_ptr),
        count(list_count),
        nnz(entries),
        counted(counted_lists),
        log2_chunk(LACUNA_NS::log2_chunk(entries)) {}

  /// Of at most `count`.
  __device__ std::int64_t lists() const { return counted == nullptr ? count : *counted; }
  LACUNA_HD std::int64_t chunk() const { return std::int64_t{1} << log2_chunk; }
  LACUNA_HD std::int64_t chunks() const { return (nnz + chunk() - 1) >> log2_chunk; }
  unsigned blocks() const { return blocks_for(chunks(), chunk_threads / warp_lanes); }
  __device__ std::int64_t chunk_of(std::int64_t entry) const {
    return (entry - ptr[0]) >> log2_chunk;
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
  chunk.begin = lists.ptr[0] + (chunk.number << lists.log2_chunk);
  chunk.end = chunk.begin + lists.chunk();
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

/// The last of the places [first, first + count) that `holds`, which does so up to some place and
/// not from there on; `first` where none does. All lanes of a warp must ask for the same one: they
/// probe 32 places at once, which takes a fifth of the dependent loads of a binary search.
template <class Holds>
__device__ std::int64_t last_place(std::int64_t first, std::int64_t count, Holds holds) {
  while (count > 1) {
    const std::int64_t step = (count + warp_lanes - 1) / warp_lanes;
    const std::int64_t probe = lane_of_warp() * step;
    const int held = __popc(__ballot_sync(all_lanes, probe < count && holds(first + probe)));
    const std::int64_t skipped = (held > 0 ? held - 1 : 0) * step;
    first += skipped;
    count = step < count - skipped ? step : count - skipped;
  }
  return first;
}

/// The list of an entry, which is in none before `first`; all lanes of a warp ask together.
template <class Lists>
__device__ ListAt list_of(const Lists& lists, std::int64_t entry, std::int64_t first = 0) {
  const std::int64_t list = last_place(first, lists.lists() - first,
                                       [&](std::int64_t i) { return lists.ptr[i] <= entry; });
  return {list, lists.ptr[list], lists.ptr[list + 1]};
}

/// Steps to the next list with entries; there must be one. All lanes of a warp step together: they
/// look at the next 32 lists at once, and search all that are left where those are empty.
template <class Lists>
__device__ void step_to_next(const Lists& lists, ListAt& at) {
  const std::int64_t next = at.list + 1;
  const std::int64_t own = next + lane_of_warp();
  const std::int64_t end = own < lists.lists() ? std::int64_t{lists.ptr[own + 1]} : at.end;
  const unsigned with_entries = __ballot_sync(all_lanes, end > at.end);
  if (with_entries == 0) {
    at = list_of(lists, at.end, next + warp_lanes);
    return;
  }
  const int lane = __ffs(static_cast<int>(with_entries)) - 1;
  at = {next + lane, at.end, __shfl_sync(all_lanes, end, lane)};
}

}  // namespace LACUNA_NS
}  // namespace lacuna
