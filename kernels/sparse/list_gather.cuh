#pragma once

#include "kernels/sparse/list_sums.cuh"

namespace lacuna {
inline namespace LACUNA_NS {

/// The sums of dense rows, for each list over its entries e:
///   out[list] = sum of coefficient[e] * from[index[e]].
struct ListGather {
  EntryLists lists;
  const std::int32_t* index = nullptr;
  MatrixView<const float> from;
  const float* coefficient = nullptr;
  /// Where an entry's coefficient stands; nullptr: at its number less `first`.
  const std::int32_t* position = nullptr;
  std::int64_t first = 0;
  std::int64_t stride = 1;  ///< between coefficients

  __device__ float coefficient_of(std::int64_t entry) const {
    return coefficient[(position == nullptr ? entry - first : position[entry]) * stride];
  }
};

/// Rows are loaded several at a time whatever lists they belong to, so that short lists keep as
/// many bytes in flight as long ones: 64 floats a lane. All lanes read an entry's index and
/// coefficient at the same address, which is one access.
template <class Slice>
__global__ void __launch_bounds__(chunk_threads) gather_chunks(ListGather gather, ListSums sums) {
  constexpr int at_once = Slice::floats <= 16 ? 4 : 2;
  const Chunk chunk = chunk_of_warp(gather.lists);
  if (chunk.begin >= chunk.end) return;
  const std::int64_t column = std::int64_t{blockIdx.y} * Slice::columns;
  ListAt at = list_of(gather.lists, chunk.begin);
  Slice sum = {};
  float total = 0;
  for (std::int64_t e = chunk.begin; e < chunk.end; e += at_once) {
    std::int32_t index[at_once];
    float factor[at_once];
    Slice row[at_once];
    for (int i = 0; i < at_once; ++i) {  // beyond the end: the last one again, not added below
      const std::int64_t entry = e + i < chunk.end ? e + i : chunk.end - 1;
      index[i] = gather.index[entry];
      factor[i] = gather.coefficient_of(entry);
    }
    for (int i = 0; i < at_once; ++i) {
      row[i] = Slice::load(gather.from.row(index[i]) + column, gather.from.cols - column);
    }
    LACUNA_UNROLL  // rows stay in registers
        for (int i = 0; i < at_once; ++i) {
      if (e + i >= chunk.end) continue;
      if (e + i == at.end) {
        store_sum(sums, chunk, at, column, sum, total);
        step_to_next(gather.lists, at);
        sum = {};
        total = 0;
      }
      sum.add(factor[i], row[i]);
      total += factor[i];
    }
  }
  store_sum(sums, chunk, at, column, sum, total);
}

/// Both passes. `sums` has its pieces; columns beyond the widest slice are tiles of the grid.
template <class Finish>
void gather_lists(const ExecContext& ctx, const char* name, const ListGather& gather,
                  const ListSums& sums, const Finish& finish) {
  const std::int64_t columns = sums.out.cols;
  const bool packs = fits_packs(sums.out) && fits_packs(gather.from);
  with_row_slice(columns, packs, [&]<class Slice>(Slice) {
    const unsigned tiles = columns == 0 ? 1 : blocks_for(columns, Slice::columns);
    launch(ctx, name, dim3(gather.lists.blocks(), tiles), chunk_threads, gather_chunks<Slice>,
           gather, sums);
  });
  launch_finish(ctx, name, gather.lists, sums, finish);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
