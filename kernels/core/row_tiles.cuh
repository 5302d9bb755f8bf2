#pragma once

#include <bit>
#include <cstdint>

#include "kernels/core/pack.cuh"

namespace lacuna {
inline namespace LACUNA_NS {

/// How blocks of threads walk a row-major matrix in packs of `Width`: neighbouring lanes share a
/// row, the block's other threads take the rows below it. A row has as many lanes as it has packs,
/// rounded up to a power of two and at most `most_lanes`, so that narrow matrices keep most of the
/// threads busy and addresses need no division.
template <int Width>
struct RowTiles {
  static constexpr unsigned threads = 256;
  static constexpr int visits = 4;           ///< rows a thread loads before it uses the first
  static constexpr unsigned most_y = 32768;  ///< of a grid; CUDA's limit is 65535

  unsigned log2_lanes;

  explicit RowTiles(std::int64_t cols, unsigned most_lanes = threads) {
    const auto packs = static_cast<std::uint64_t>((cols + Width - 1) / Width);
    const std::uint64_t lanes = std::bit_ceil(packs);
    log2_lanes = static_cast<unsigned>(std::bit_width(lanes < most_lanes ? lanes : most_lanes)) - 1;
  }

  /// Blocks that cover the columns with tiles, and the rows with `height` of them a block; with
  /// more tiles than y can have, y and z count them together.
  dim3 grid(std::int64_t rows, std::int64_t cols, std::int64_t height) const {
    const unsigned tiles = blocks_for(cols, std::int64_t{Width} << log2_lanes);
    const unsigned y = tiles < most_y ? tiles : most_y;
    return {blocks_for(rows, height), y, y == 0 ? 0 : blocks_for(tiles, y)};
  }
  /// The same, where each thread visits a fixed number of rows.
  dim3 grid(std::int64_t rows, std::int64_t cols) const {
    return grid(rows, cols, std::int64_t{rows_at_once()} * visits);
  }

  LACUNA_HD unsigned lanes() const { return 1U << log2_lanes; }
  LACUNA_HD unsigned rows_at_once() const { return threads >> log2_lanes; }

  /// The thread's first column; at or beyond the last one where the tile juts out.
  __device__ std::int64_t column() const {
    const std::int64_t tile = std::int64_t{blockIdx.z} * gridDim.y + blockIdx.y;
    return Width * ((tile << log2_lanes) + (threadIdx.x & (lanes() - 1)));
  }
  /// The thread's row of those its block takes at once.
  __device__ unsigned row_in_block() const { return threadIdx.x >> log2_lanes; }

  static std::int64_t blocks(dim3 grid) { return std::int64_t{grid.x} * grid.y * grid.z; }
  /// The block's number of those.
  __device__ static std::int64_t block() {
    return (std::int64_t{blockIdx.z} * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  }

  /// Calls visit(v, row) for the thread's rows, v counting from 0.
  template <class Visit>
  __device__ void for_rows(std::int64_t rows, Visit visit) const {
    const std::int64_t step = rows_at_once();
    const std::int64_t first = std::int64_t{blockIdx.x} * step * visits + row_in_block();
    for (int v = 0; v < visits; ++v) {
      if (first + v * step < rows) visit(v, first + v * step);
    }
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
