#pragma once

#include <algorithm>

#include "kernels/core/row_tiles.cuh"
#include "kernels/core/scratch_layout.hpp"
#include "kernels/core/shared_array.hpp"

/// Sums over rows, in two passes and an order that depends on sizes alone: blocks of rows leave
/// partial sums in scratch, one launch more adds those. They are at most 1/64 of what is summed.
namespace lacuna {
inline namespace LACUNA_NS {

/// A matrix as a source of cells to add. A source may do more on the way, as it is asked once for
/// every pack: load() for several rows first, then terms().
struct MatrixCells {
  MatrixView<const float> matrix;

  template <int Width>
  __device__ Pack<Width> load(std::int64_t row, std::int64_t column) const {
    return lacuna::load<Width>(matrix.row(row) + column);
  }
  template <int Width>
  __device__ Pack<Width> terms(std::int64_t, std::int64_t, const Pack<Width>& loaded) const {
    return loaded;
  }
};

template <int Width>
__device__ inline void add(Pack<Width>& sum, const Pack<Width>& pack) {
  for (int j = 0; j < Width; ++j) sum.x[j] += pack.x[j];
}

/// The sum of the thread's columns over every rows_at_once()-th row of [begin, end).
template <int Width, class Cells>
__device__ Pack<Width> sum_own_rows(const Cells& cells, std::int64_t begin, std::int64_t end,
                                    const RowTiles<Width>& tiles) {
  constexpr int visits = RowTiles<Width>::visits;
  const std::int64_t column = tiles.column();
  const std::int64_t step = tiles.rows_at_once();
  Pack<Width> sum = {};
  for (std::int64_t r = begin + tiles.row_in_block(); r < end; r += visits * step) {
    decltype(cells.template load<Width>(0, 0)) loaded[visits] = {};
    for (int v = 0; v < visits; ++v) {
      if (r + v * step < end) loaded[v] = cells.template load<Width>(r + v * step, column);
    }
    for (int v = 0; v < visits; ++v) {
      if (r + v * step < end) add(sum, cells.terms(r + v * step, column, loaded[v]));
    }
  }
  return sum;
}

/// sums[block] = the sum of the block's `height` rows; within the block the threads of a column are
/// added as a tree.
template <int Width, class Cells>
__global__ void sum_rows(Cells cells, std::int64_t rows, std::int64_t height,
                         MatrixView<float> sums, RowTiles<Width> tiles) {
  struct Tag;
  Pack<Width>* partial = shared_array<Pack<Width>, RowTiles<Width>::threads, Tag>();
  const std::int64_t begin = std::int64_t{blockIdx.x} * height;
  const std::int64_t end = begin + height < rows ? begin + height : rows;
  const bool has_columns = tiles.column() < sums.cols;
  partial[threadIdx.x] = has_columns ? sum_own_rows(cells, begin, end, tiles) : Pack<Width>{};
  for (unsigned half = tiles.threads / 2; half >= tiles.lanes(); half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) add(partial[threadIdx.x], partial[threadIdx.x + half]);
  }
  if (threadIdx.x < tiles.lanes() && has_columns) {
    store<Width>(sums.row(blockIdx.x) + tiles.column(), partial[threadIdx.x]);
  }
}

/// sum[column] = the sum of the terms of `cells` over all rows; 0 where there are none. Uses the
/// context's scratch.
template <int Width, class Cells>
void sum_columns(const ExecContext& ctx, const char* name, const Cells& cells, std::int64_t rows,
                 std::int64_t cols, float* sum) {
  // A column tile is a line of L2 wide, so that a block takes 32 rows at once and matrices of few
  // columns still give many blocks; a mini-batch is summed in one launch. At most 256 blocks of
  // rows: the second pass is one block a tile.
  constexpr unsigned tile_lanes = 32 / Width;
  constexpr std::int64_t least_height = 256;
  constexpr std::int64_t most_row_blocks = 256;
  const RowTiles<Width> tiles(cols, tile_lanes);
  const auto add_up = [&](const auto& from, std::int64_t count, std::int64_t height, float* to) {
    const std::int64_t at_least_one = std::max<std::int64_t>(count, 1);  // no rows: zeros
    launch(ctx, name, tiles.grid(at_least_one, cols, height), tiles.threads,
           sum_rows<Width, std::remove_cvref_t<decltype(from)>>, from, count, height,
           MatrixView<float>(to, 0, cols), tiles);
  };
  const std::int64_t height =
      std::max(least_height, (rows + most_row_blocks - 1) / most_row_blocks);
  const std::int64_t blocks = (rows + height - 1) / height;
  if (blocks <= 1) return add_up(cells, rows, height, sum);
  ScratchLayout layout;
  const std::size_t partial = layout.add<float>(blocks * cols);
  layout.reserve(ctx);
  add_up(cells, rows, height, layout.at<float>(partial));
  add_up(MatrixCells{{layout.at<float>(partial), blocks, cols}}, blocks, blocks, sum);
}

}  // namespace LACUNA_NS
}  // namespace lacuna
